package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Network;

/**
 * ResNeXt101 32x8d as torchvision has it: 32 groups of 8 channels in the first stage (Xie et al.,
 * CVPR 2017; Mahajan et al., ECCV 2018).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchResNeXt50.class)
@EachStage(
    filters = {256, 256, 512, 512, 1024, 1024, 2048, 2048},
    repeats = {3, 4, 23, 3})
public interface TorchResNeXt101 {}
