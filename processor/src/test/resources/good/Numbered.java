package good;

import dev.lanewise.spec.*;

/** Keras's numbers, shortcuts that are named first, and projections without normalisation. */
@Network(
    initializer = @Initializer(Initializer.Kind.HE_NORMAL),
    names =
        @Names(
            conv = "conv2d_{serial}",
            batchNorm = "batch_normalization_{serial}",
            stemBatchNorm = "batch_normalization_1",
            add = "stage{stage}_add{index}",
            stemPadding = "{unit}_pad"))
@Stem(
    conv =
        @ConvBn(
            name = "conv2d_1",
            kernel = 3,
            filters = 8,
            padding = Padding.EXPLICIT,
            pad = 1))
@Stage(name = "1", block = Sum.class, filters = 8, repeat = 27)
@Stage(name = "2", block = Sum.class, filters = 11, repeat = 2, stride = 2)
@Head(pool = @Pool(Pool.Kind.GLOBAL_AVERAGE), dense = "dense_1")
interface Numbered {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    shortcutFirst = true,
    projection =
        @ConvBn(
            name = "0",
            kernel = 1,
            filtersAt = 0,
            stride = Stride.OF_BLOCK,
            batchNorm = false))
@ConvBn(
    name = "1",
    kernel = 3,
    filtersAt = 0,
    stride = Stride.OF_BLOCK,
    padding = Padding.SAME)
interface Sum {}
