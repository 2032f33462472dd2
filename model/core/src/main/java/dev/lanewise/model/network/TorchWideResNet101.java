package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stage;

/**
 * Wide ResNet101-2 as torchvision has it: bottlenecks of twice the width (Zagoruyko and Komodakis,
 * "Wide Residual Networks", BMVC 2016).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchWideResNet50.class)
@Stage(name = "layer3", repeat = 23)
public interface TorchWideResNet101 {}
