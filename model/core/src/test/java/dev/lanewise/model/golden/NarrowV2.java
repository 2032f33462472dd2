package dev.lanewise.model.golden;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;
import static dev.lanewise.spec.Stage.StrideAt.LAST;

import dev.lanewise.model.network.KerasPreActivatedBottleneck;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;
import dev.lanewise.spec.Tail;

/** ResNet v2 as {@code keras.applications} has it, with few and odd numbers of filters. */
@Network(batchNorm = @BatchNorm(epsilon = 1.001e-5))
@Stem(
    conv =
        @ConvBn(
            name = "conv1",
            kernel = 7,
            filters = 9,
            stride = 2,
            padding = EXPLICIT,
            pad = 3,
            batchNorm = false),
    pool =
        @Pool(
            value = MAX,
            size = 3,
            stride = 2,
            padding = EXPLICIT,
            pad = 1,
            zeros = true,
            name = "pool1"))
@Stage(
    name = "2",
    block = KerasPreActivatedBottleneck.class,
    filters = {5, 19},
    repeat = 3,
    stride = 2,
    strideAt = LAST)
@Stage(
    name = "3",
    block = KerasPreActivatedBottleneck.class,
    filters = {8, 34},
    repeat = 2,
    stride = 2,
    strideAt = LAST)
@Stage(
    name = "4",
    block = KerasPreActivatedBottleneck.class,
    filters = {10, 36},
    repeat = 2)
@Tail(batchNorm = "post_bn")
@Head(pool = @Pool(GLOBAL_AVERAGE))
interface NarrowV2 {}
