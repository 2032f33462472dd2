package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stage;

/**
 * Wide ResNet50-2 as torchvision has it: bottlenecks of twice the width (Zagoruyko and Komodakis,
 * "Wide Residual Networks", BMVC 2016).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchResNet50.class)
@Stage(
    name = "layer1",
    filters = {128, 256})
@Stage(
    name = "layer2",
    filters = {256, 512})
@Stage(
    name = "layer3",
    filters = {512, 1024})
@Stage(
    name = "layer4",
    filters = {1024, 2048})
public interface TorchWideResNet50 {}
