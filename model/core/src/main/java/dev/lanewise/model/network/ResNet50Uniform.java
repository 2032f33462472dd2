package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;

import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/**
 * {@link ResNet50} as tutorials write it that give layers no names, which then go by Keras's
 * numbers, and start identity blocks by {@code random_uniform}. A stage is its convolutional block,
 * and one of the stage's name and an {@code i} has the identity blocks.
 */
@Network(
    channels = 3,
    names =
        @Names(
            conv = "conv2d_{serial}",
            batchNorm = "batch_normalization_{serial}",
            stemBatchNorm = "batch_normalization_1"))
@Stem(
    conv =
        @ConvBn(
            name = "conv2d_1",
            kernel = 7,
            filters = 64,
            stride = 2,
            padding = EXPLICIT,
            pad = 3),
    pool = @Pool(value = MAX, size = 3, stride = 2))
@Stage(
    name = "2",
    block = Bottleneck.class,
    filters = {64, 64, 256})
@Stage(
    name = "2i",
    block = UniformBottleneck.class,
    filters = {64, 64, 256},
    repeat = 2)
@Stage(
    name = "3",
    block = Bottleneck.class,
    filters = {128, 128, 512},
    stride = 2)
@Stage(
    name = "3i",
    block = UniformBottleneck.class,
    filters = {128, 128, 512},
    repeat = 3)
@Stage(
    name = "4",
    block = Bottleneck.class,
    filters = {256, 256, 1024},
    stride = 2)
@Stage(
    name = "4i",
    block = UniformBottleneck.class,
    filters = {256, 256, 1024},
    repeat = 5)
@Stage(
    name = "5",
    block = Bottleneck.class,
    filters = {512, 512, 2048},
    stride = 2)
@Stage(
    name = "5i",
    block = UniformBottleneck.class,
    filters = {512, 512, 2048},
    repeat = 2)
@Head(pool = @Pool(value = AVERAGE, size = 2, padding = SAME), dense = "dense_1")
public interface ResNet50Uniform {}
