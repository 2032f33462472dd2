package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stage;

/**
 * ResNeXt50 32x4d as torchvision has it: table 1 of Xie et al., "Aggregated Residual
 * Transformations for Deep Neural Networks" (CVPR 2017), 32 groups of 4 channels in the first
 * stage.
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchResNet50.class)
@Stage(
    name = "layer1",
    block = TorchGroupedBottleneck.class,
    filters = {128, 256})
@Stage(
    name = "layer2",
    block = TorchGroupedBottleneck.class,
    filters = {256, 512})
@Stage(
    name = "layer3",
    block = TorchGroupedBottleneck.class,
    filters = {512, 1024})
@Stage(
    name = "layer4",
    block = TorchGroupedBottleneck.class,
    filters = {1024, 2048})
public interface TorchResNeXt50 {}
