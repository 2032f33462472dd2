package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;
import static dev.lanewise.spec.Stage.StrideAt.LAST;

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
 * ResNet50 v2 as {@code keras.applications} has it, for images of at least 32x32: blocks that
 * normalise and activate what they read, and the stride in the last block of a stage.
 */
@Network(
    batchNorm = @BatchNorm(epsilon = 1.001e-5),
    names =
        @Names(
            conv = "{stage}_block{number}_{unit}_conv",
            batchNorm = "{stage}_block{number}_{unit}_bn",
            activation = "{stage}_block{number}_{unit}_relu",
            padding = "{stage}_block{number}_{unit}_pad",
            add = "{stage}_block{number}_out",
            stemPadding = "conv1_pad"))
@Stem(
    conv =
        @ConvBn(
            name = "conv1_conv",
            kernel = 7,
            filters = 64,
            stride = 2,
            padding = EXPLICIT,
            pad = 3,
            batchNorm = false),
    pool =
        @Pool(
            value = MAX,
            name = "pool1_pool",
            size = 3,
            stride = 2,
            padding = EXPLICIT,
            pad = 1,
            zeros = true,
            padName = "pool1_pad"))
@Stage(
    name = "conv2",
    block = KerasPreActivatedBottleneck.class,
    filters = {64, 256},
    repeat = 3,
    stride = 2,
    strideAt = LAST)
@Stage(
    name = "conv3",
    block = KerasPreActivatedBottleneck.class,
    filters = {128, 512},
    repeat = 4,
    stride = 2,
    strideAt = LAST)
@Stage(
    name = "conv4",
    block = KerasPreActivatedBottleneck.class,
    filters = {256, 1024},
    repeat = 6,
    stride = 2,
    strideAt = LAST)
@Stage(
    name = "conv5",
    block = KerasPreActivatedBottleneck.class,
    filters = {512, 2048},
    repeat = 3)
@Tail(batchNorm = "post_bn", activation = "post_relu")
@Head(pool = @Pool(value = GLOBAL_AVERAGE, name = "avg_pool"), dense = "predictions")
public interface KerasResNet50V2 {}
