package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stage;

/**
 * ResNet152 as torchvision has it (v1.5): table 1 of He et al. (2015) with the padding of PyTorch,
 * and the names of its modules.
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchResNet50.class)
@Stage(name = "layer2", repeat = 8)
@Stage(name = "layer3", repeat = 36)
public interface TorchResNet152 {}
