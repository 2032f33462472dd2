package good;

import dev.lanewise.spec.*;

/** Layers that are named by their places in a row. */
@Network(
    names =
        @Names(
            conv = "features.{position}",
            batchNorm = "features.{position}",
            stemBatchNorm = "features.{position}"))
@Stem(
    conv = @ConvBn(name = "features.0", kernel = 3, filters = 5, padding = Padding.SAME),
    pool = @Pool(value = Pool.Kind.MAX, name = "features.3", size = 2))
@Stage(name = "2", block = PositionsRow.class, filters = 6, repeat = 2)
@Head(pool = @Pool(Pool.Kind.GLOBAL_AVERAGE))
interface Positions {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
@ConvBn(name = "b", kernel = 3, filtersAt = 0, padding = Padding.SAME, batchNorm = false)
interface PositionsRow {}
