package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.SILU;
import static dev.lanewise.spec.Initializer.Kind.HE_NORMAL_FAN_OUT;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;

import dev.lanewise.model.data.DefaultPreprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.EachStage;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Initializer;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stem;
import dev.lanewise.spec.Tail;

/**
 * EfficientNet-B0 as {@code keras.applications} has it: table 1 of Tan and Le, "EfficientNet:
 * Rethinking Model Scaling for Convolutional Neural Networks" (ICML 2019), with Keras's names. What
 * Keras's model makes of pixels itself is preprocessing here; stochastic depth is an option of
 * training.
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(
    batchNorm = @BatchNorm(momentum = 0.99, epsilon = 1e-3),
    initializer = @Initializer(HE_NORMAL_FAN_OUT),
    names =
        @Names(
            conv = "{stage}{block}_{unit}",
            batchNorm = "{stage}{block}_{unit}",
            activation = "{stage}{block}_{unit}",
            add = "{stage}{block}_add"))
@Stem(
    conv =
        @ConvBn(
            name = "stem_conv",
            normName = "stem_bn",
            activationName = "stem_activation",
            kernel = 3,
            filters = 32,
            stride = 2,
            padding = SAME,
            bias = false,
            activation = SILU))
@EachStage(
    names = {"block1", "block2", "block3", "block4", "block5", "block6", "block7"},
    blocks = {
      KerasEfficientSeparable.class,
      KerasEfficientBlock.class,
      KerasEfficientBlock.class,
      KerasEfficientBlock.class,
      KerasEfficientBlock.class,
      KerasEfficientBlock.class,
      KerasEfficientBlock.class
    },
    filters = {16, 24, 40, 80, 112, 192, 320},
    repeats = {1, 2, 2, 3, 3, 4, 1},
    strides = {1, 2, 2, 2, 1, 2, 1},
    kernels = {3, 3, 5, 3, 5, 5, 3})
@Tail(
    conv =
        @ConvBn(
            name = "top_conv",
            normName = "top_bn",
            activationName = "top_activation",
            kernel = 1,
            filters = 1280,
            bias = false,
            activation = SILU))
@Head(pool = @Pool(value = GLOBAL_AVERAGE, name = "avg_pool"), dropout = 0.2, dense = "predictions")
public interface KerasEfficientNetB0 {}
