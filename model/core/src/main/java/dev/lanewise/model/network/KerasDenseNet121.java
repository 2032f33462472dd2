package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Pool.Kind.AVERAGE;
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
import dev.lanewise.spec.Tail;

/**
 * DenseNet121 as {@code keras.applications} has it: table 1 of Huang et al., "Densely Connected
 * Convolutional Networks" (CVPR 2017).
 */
@DefaultPreprocessing(StandardPreprocessing.IMAGENET)
@Network(
    batchNorm = @BatchNorm(momentum = 0.99, epsilon = 1.001e-5),
    names =
        @Names(
            conv = "{stage}_{unit}",
            batchNorm = "{stage}_{unit}",
            activation = "{stage}_{unit}",
            add = "{stage}_concat",
            stemBatchNorm = "conv1_bn",
            stemActivation = "conv1_relu"))
@Stem(
    conv =
        @ConvBn(
            name = "conv1_conv",
            kernel = 7,
            filters = 64,
            stride = 2,
            padding = EXPLICIT,
            pad = 3,
            bias = false),
    pool = @Pool(value = MAX, name = "pool1", size = 3, stride = 2, padding = EXPLICIT, pad = 1))
@Stage(name = "conv2_block{number}", block = KerasDenseLayer.class, filters = 32, repeat = 6)
@Stage(
    name = "pool2",
    block = KerasTransition.class,
    filters = 128,
    pool = @Pool(value = AVERAGE, name = "pool2_pool", size = 2))
@Stage(name = "conv3_block{number}", block = KerasDenseLayer.class, filters = 32, repeat = 12)
@Stage(
    name = "pool3",
    block = KerasTransition.class,
    filters = 256,
    pool = @Pool(value = AVERAGE, name = "pool3_pool", size = 2))
@Stage(name = "conv4_block{number}", block = KerasDenseLayer.class, filters = 32, repeat = 24)
@Stage(
    name = "pool4",
    block = KerasTransition.class,
    filters = 512,
    pool = @Pool(value = AVERAGE, name = "pool4_pool", size = 2))
@Stage(name = "conv5_block{number}", block = KerasDenseLayer.class, filters = 32, repeat = 16)
@Tail(batchNorm = "bn", activation = "relu")
@Head(pool = @Pool(value = GLOBAL_AVERAGE, name = "avg_pool"), dense = "predictions")
public interface KerasDenseNet121 {}
