package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.RELU6;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;
import dev.lanewise.spec.Tail;

/**
 * MobileNetV2 as {@code keras.applications} has it, for images of at least 32x32: table 2 of
 * Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks" (CVPR 2018), with
 * Keras's names.
 */
@DefaultPreprocessing(StandardPreprocessing.SIGNED)
@Network(
    batchNorm = @BatchNorm(momentum = 0.999, epsilon = 1e-3),
    names =
        @Names(
            conv = "{stage}_{unit}",
            batchNorm = "{stage}_{unit}",
            activation = "{stage}_{unit}",
            add = "{stage}_add"))
@Stem(
    conv =
        @ConvBn(
            name = "Conv1",
            normName = "bn_Conv1",
            activationName = "Conv1_relu",
            kernel = 3,
            filters = 32,
            stride = 2,
            padding = SAME,
            bias = false,
            activation = RELU6))
@Stage(name = "expanded_conv", block = KerasSeparable.class, filters = 16)
@Stage(
    name = "block_{before}",
    block = KerasInvertedResidual.class,
    filters = 24,
    repeat = 2,
    stride = 2)
@Stage(
    name = "block_{before}",
    block = KerasInvertedResidual.class,
    filters = 32,
    repeat = 3,
    stride = 2)
@Stage(
    name = "block_{before}",
    block = KerasInvertedResidual.class,
    filters = 64,
    repeat = 4,
    stride = 2)
@Stage(name = "block_{before}", block = KerasInvertedResidual.class, filters = 96, repeat = 3)
@Stage(
    name = "block_{before}",
    block = KerasInvertedResidual.class,
    filters = 160,
    repeat = 3,
    stride = 2)
@Stage(name = "block_{before}", block = KerasInvertedResidual.class, filters = 320)
@Tail(
    conv =
        @ConvBn(
            name = "Conv_1",
            normName = "Conv_1_bn",
            activationName = "out_relu",
            kernel = 1,
            filters = 1280,
            bias = false,
            activation = RELU6))
@Head(
    pool = @Pool(value = GLOBAL_AVERAGE, name = "global_average_pooling2d"),
    dense = "predictions")
public interface KerasMobileNetV2 {}
