package dev.lanewise.model;

import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Padding;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/** {@link Tiny} whose normalisations work with stored statistics in training too. */
@Network(batchNorm = @BatchNorm(momentum = 0.9, mode = BatchNorm.Mode.ALWAYS_MOVING))
@Stem(
    conv = @ConvBn(name = "conv1", kernel = 3, filters = 6, padding = Padding.SAME),
    pool = @Pool(value = Pool.Kind.MAX, name = "pool1", size = 2))
@Stage(
    name = "2",
    block = TinyBlock.class,
    filters = {6, 10},
    repeat = 2)
@Stage(
    name = "3",
    block = TinyBlock.class,
    filters = {10, 20},
    stride = 2)
@Head(pool = @Pool(value = Pool.Kind.AVERAGE, name = "avg_pool", size = 2))
interface TinyMoving {}
