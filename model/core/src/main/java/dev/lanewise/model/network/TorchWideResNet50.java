package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Network;

/**
 * Wide ResNet50-2 as torchvision has it: bottlenecks of twice the width (Zagoruyko and Komodakis,
 * "Wide Residual Networks", BMVC 2016).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchResNet50.class)
@EachStage(filters = {128, 256, 256, 512, 512, 1024, 1024, 2048})
public interface TorchWideResNet50 {}
