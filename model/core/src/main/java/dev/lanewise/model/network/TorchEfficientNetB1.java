package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Network;

/**
 * EfficientNet-B1 as torchvision has it: B0 of the same width and 1.1 times as deep (Tan and Le,
 * "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchEfficientNetB0.class)
@EachStage(repeats = {2, 3, 3, 4, 4, 5, 2})
public interface TorchEfficientNetB1 {}
