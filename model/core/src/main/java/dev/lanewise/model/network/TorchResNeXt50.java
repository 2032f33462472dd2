package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Network;

/**
 * ResNeXt50 32x4d as torchvision has it: table 1 of Xie et al., "Aggregated Residual
 * Transformations for Deep Neural Networks" (CVPR 2017), 32 groups of 4 channels in the first
 * stage.
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchResNet50.class)
@EachStage(
    blocks = TorchGroupedBottleneck.class,
    filters = {128, 256, 256, 512, 512, 1024, 1024, 2048})
public interface TorchResNeXt50 {}
