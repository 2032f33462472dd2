package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Network;

/**
 * Wide ResNet101-2 as torchvision has it: bottlenecks of twice the width (Zagoruyko and Komodakis,
 * "Wide Residual Networks", BMVC 2016).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchWideResNet50.class)
@EachStage(repeats = {3, 4, 23, 3})
public interface TorchWideResNet101 {}
