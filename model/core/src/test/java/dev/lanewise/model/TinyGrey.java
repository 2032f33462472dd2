package dev.lanewise.model;

import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Padding;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/** A small network for images of one channel. */
@Network(channels = 1, batchNorm = @BatchNorm(momentum = 0.9))
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 6, padding = Padding.SAME))
@Stage(
    name = "2",
    block = TinyBlock.class,
    filters = {6, 10},
    stride = 2)
@Head(pool = @Pool(value = Pool.Kind.AVERAGE, name = "avg_pool", size = 2))
interface TinyGrey {}
