package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stage;

/**
 * ResNeXt101 32x8d as torchvision has it: 32 groups of 8 channels in the first stage (Xie et al.,
 * CVPR 2017; Mahajan et al., ECCV 2018).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchResNeXt50.class)
@Stage(
    name = "layer1",
    filters = {256, 256})
@Stage(
    name = "layer2",
    filters = {512, 512})
@Stage(
    name = "layer3",
    repeat = 23,
    filters = {1024, 1024})
@Stage(
    name = "layer4",
    filters = {2048, 2048})
public interface TorchResNeXt101 {}
