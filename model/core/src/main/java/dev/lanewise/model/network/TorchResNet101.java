package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Network;

/**
 * ResNet101 as torchvision has it (v1.5): table 1 of He et al. (2015) with the padding of PyTorch,
 * and the names of its modules.
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchResNet50.class)
@EachStage(repeats = {3, 4, 23, 3})
public interface TorchResNet101 {}
