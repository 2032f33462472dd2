package dev.lanewise.model.network;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Stem;
import dev.lanewise.spec.Tail;

/**
 * EfficientNet-B3 as torchvision has it: B0 of 1.2 times as wide and 1.4 times as deep (Tan and Le,
 * "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(like = TorchEfficientNetB0.class)
@Stem(filters = 40)
@EachStage(
    filters = {24, 32, 48, 96, 136, 232, 384},
    repeats = {2, 3, 3, 5, 5, 6, 2})
@Tail(filters = 1536)
@Head(dropout = 0.3)
public interface TorchEfficientNetB3 {}
