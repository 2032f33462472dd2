package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Network;

/**
 * ResNet34 as torchvision has it: table 1 of He et al. (2015) with the padding of PyTorch, and the
 * names of its modules. The dense kernel starts within 1 / sqrt(512).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchResNet18.class)
@EachStage(repeats = {3, 4, 6, 3})
public interface TorchResNet34 {}
