package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;

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

/**
 * ResNet50 v1 as {@code keras.applications} has it since Keras 2.2.5, for images of at least 32x32:
 * table 1 of He et al. (2015), with Keras's padding and names.
 */
@DefaultPreprocessing(StandardPreprocessing.CAFFE)
@Network(
    batchNorm = @BatchNorm(epsilon = 1.001e-5),
    names =
        @Names(
            conv = "{stage}_block{number}_{unit}_conv",
            batchNorm = "{stage}_block{number}_{unit}_bn",
            activation = "{stage}_block{number}_{unit}_relu",
            add = "{stage}_block{number}_add",
            output = "{stage}_block{number}_out",
            stemBatchNorm = "conv1_bn",
            stemActivation = "conv1_relu",
            stemPadding = "conv1_pad"))
@Stem(
    conv =
        @ConvBn(
            name = "conv1_conv",
            kernel = 7,
            filters = 64,
            stride = 2,
            padding = EXPLICIT,
            pad = 3),
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
    block = KerasBottleneck.class,
    filters = {64, 256},
    repeat = 3)
@Stage(
    name = "conv3",
    block = KerasBottleneck.class,
    filters = {128, 512},
    repeat = 4,
    stride = 2)
@Stage(
    name = "conv4",
    block = KerasBottleneck.class,
    filters = {256, 1024},
    repeat = 6,
    stride = 2)
@Stage(
    name = "conv5",
    block = KerasBottleneck.class,
    filters = {512, 2048},
    repeat = 3,
    stride = 2)
@Head(pool = @Pool(value = GLOBAL_AVERAGE, name = "avg_pool"), dense = "predictions")
public interface KerasResNet50 {}
