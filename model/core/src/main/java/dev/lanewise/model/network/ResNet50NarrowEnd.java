package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;

import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/**
 * {@link ResNet50} as tutorials write it whose stage 5 has 256 filters, not 512, in the 1x1 and 3x3
 * of its identity blocks.
 */
@Network(channels = 3)
@Stem(
    conv =
        @ConvBn(name = "conv1", kernel = 7, filters = 64, stride = 2, padding = EXPLICIT, pad = 3),
    pool = @Pool(value = MAX, name = "max_pooling2d_1", size = 3, stride = 2))
@Stage(
    name = "2",
    block = Bottleneck.class,
    filters = {64, 64, 256},
    repeat = 3)
@Stage(
    name = "3",
    block = Bottleneck.class,
    filters = {128, 128, 512},
    repeat = 4,
    stride = 2)
@Stage(
    name = "4",
    block = Bottleneck.class,
    filters = {256, 256, 1024},
    repeat = 6,
    stride = 2)
@Stage(
    name = "5",
    block = Bottleneck.class,
    filters = {512, 512, 2048},
    stride = 2)
@Stage(
    name = "5",
    firstBlock = 'b',
    block = Bottleneck.class,
    filters = {256, 256, 2048},
    repeat = 2)
@Head(pool = @Pool(value = AVERAGE, name = "avg_pool", size = 2, padding = SAME))
public interface ResNet50NarrowEnd {}
