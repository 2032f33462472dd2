package good;

import dev.lanewise.spec.*;

/**
 * Blocks that normalise what they read, with every shortcut; beside blocks that activate their sum,
 * above and below.
 */
@Network(
    batchNorm = @BatchNorm(momentum = 0.9),
    names =
        @Names(
            conv = "{stage}_block{number}_{unit}_conv",
            batchNorm = "{stage}_block{number}_{unit}_bn",
            activation = "{stage}_block{number}_{unit}_relu",
            padding = "{stage}_block{number}_{unit}_pad",
            add = "{stage}_block{number}_out",
            stemPadding = "conv1_pad"))
@Stem(
    conv =
        @ConvBn(
            name = "conv1_conv",
            kernel = 3,
            filters = 7,
            padding = Padding.EXPLICIT,
            pad = 1,
            batchNorm = false),
    pool =
        @Pool(
            value = Pool.Kind.MAX,
            name = "pool1_pool",
            size = 3,
            stride = 2,
            padding = Padding.EXPLICIT,
            pad = 1,
            zeros = true,
            padName = "pool1_pad"))
@Stage(
    name = "conv2",
    block = Before.class,
    filters = {5, 18},
    repeat = 3,
    stride = 2,
    strideAt = Stage.StrideAt.LAST)
@Stage(name = "conv3", block = After.class, filters = 18, repeat = 2)
@Stage(
    name = "conv4",
    block = Before.class,
    filters = {6, 9},
    repeat = 2,
    stride = 2,
    strideAt = Stage.StrideAt.LAST)
@Stage(name = "conv5", block = Straight.class, filters = 9)
@Tail(batchNorm = "post_bn", activation = "post_relu")
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "avg_pool"), dense = "predictions")
interface PreActivated {}

@Block(
    preActivation = "preact",
    shortcut = Shortcut.PROJECTION_IF_CHANNELS_CHANGE,
    shortcutFirst = true,
    projection =
        @ConvBn(
            name = "0",
            kernel = 1,
            filtersAt = 1,
            stride = Stride.OF_BLOCK,
            batchNorm = false))
@ConvBn(name = "1", kernel = 1, filtersAt = 0, bias = false)
@ConvBn(
    name = "2",
    kernel = 3,
    filtersAt = 0,
    stride = Stride.OF_BLOCK,
    padding = Padding.EXPLICIT,
    pad = 1,
    bias = false)
@ConvBn(name = "3", kernel = 1, filtersAt = 1, batchNorm = false)
interface Before {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_CHANNELS_CHANGE,
    projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0, stride = 2))
@ConvBn(name = "1", kernel = 3, filtersAt = 0, stride = 2, padding = Padding.SAME)
interface After {}

@Block(preActivation = "preact", shortcut = Shortcut.IDENTITY)
@ConvBn(name = "1", kernel = 3, filtersAt = 0, padding = Padding.SAME, batchNorm = false)
interface Straight {}
