package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Tail;

/**
 * EfficientNet-B2 as torchvision has it: B0 of 1.1 times as wide and 1.2 times as deep (Tan and Le,
 * "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchEfficientNetB0.class)
@EachStage(
    filters = {16, 24, 48, 88, 120, 208, 352},
    repeats = {2, 3, 3, 4, 4, 5, 2})
@Tail(filters = 1408)
@Head(dropout = 0.3)
public interface TorchEfficientNetB2 {}
