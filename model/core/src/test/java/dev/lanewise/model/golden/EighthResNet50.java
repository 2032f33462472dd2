package dev.lanewise.model.golden;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;

import dev.lanewise.model.network.Bottleneck;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/** The tutorials' ResNet50 with every filter count divided by 8. */
@Network
@Stem(
    conv =
        @ConvBn(name = "conv1", kernel = 7, filters = 8, stride = 2, padding = EXPLICIT, pad = 3),
    pool = @Pool(value = MAX, name = "max_pooling2d_1", size = 3, stride = 2))
@Stage(
    name = "2",
    block = Bottleneck.class,
    filters = {8, 8, 32},
    repeat = 3)
@Stage(
    name = "3",
    block = Bottleneck.class,
    filters = {16, 16, 64},
    repeat = 4,
    stride = 2)
@Stage(
    name = "4",
    block = Bottleneck.class,
    filters = {32, 32, 128},
    repeat = 6,
    stride = 2)
@Stage(
    name = "5",
    block = Bottleneck.class,
    filters = {64, 64, 256},
    repeat = 3,
    stride = 2)
@Head(pool = @Pool(value = AVERAGE, name = "avg_pool", size = 2, padding = SAME))
public interface EighthResNet50 {}
