package good;

import dev.lanewise.spec.*;

/** Poolings behind stages: of rows of units, and of sums. */
@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 5, padding = Padding.SAME))
@Stage(
    name = "2",
    block = PooledRow.class,
    filters = 6,
    repeat = 2,
    pool = @Pool(value = Pool.Kind.MAX, name = "pool2", size = 2))
@Stage(
    name = "3",
    block = PooledSum.class,
    filters = 6,
    repeat = 2,
    pool = @Pool(value = Pool.Kind.MAX, size = 3, stride = 2, padding = Padding.SAME))
@Stage(
    name = "4",
    block = PooledBareSum.class,
    filters = 7,
    pool = @Pool(value = Pool.Kind.AVERAGE, size = 2))
@Head(pool = @Pool(Pool.Kind.GLOBAL_AVERAGE))
interface Pooled {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(
    name = "a",
    kernel = 3,
    filtersAt = 0,
    padding = Padding.SAME,
    batchNorm = false,
    activation = Activation.RELU)
interface PooledRow {}

@Block(shortcut = Shortcut.IDENTITY)
@ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface PooledSum {}

@Block(
    shortcut = Shortcut.PROJECTION,
    projection = @ConvBn(name = "p", kernel = 1, filtersAt = 0, batchNorm = false))
@ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME, batchNorm = false)
interface PooledBareSum {}
