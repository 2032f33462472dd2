package good;

import dev.lanewise.spec.*;

/** What is rare: names in the style of Keras Applications, and every other choice once. */
@Network(
    channels = 4,
    batchNorm = @BatchNorm(mode = BatchNorm.Mode.ALWAYS_BATCH),
    names =
        @Names(
            conv = "{stage}_block{block}_{unit}_conv",
            batchNorm = "{stage}_block{block}_{unit}_bn",
            stemBatchNorm = "{unit}_bn"),
    initializer =
        @Initializer(value = Initializer.Kind.RANDOM_UNIFORM, min = -0.1, max = 0.2, seed = 7))
@Stem(
    conv = {
      @ConvBn(name = "conv0", kernel = {5, 3}, filters = 8, padding = Padding.SAME),
      @ConvBn(name = "in", kernel = 1, filters = 8, activation = Activation.NONE)
    },
    pool =
        @Pool(
            value = Pool.Kind.AVERAGE,
            name = "pool0",
            size = {3, 2},
            stride = 2,
            padding = Padding.EXPLICIT,
            pad = {1, 1, 0, 1}))
@Stage(name = "conv-2.x", firstBlock = '1', block = Outer.One.class, repeat = 3)
@Stage(name = "conv3", firstBlock = 'A', block = Two.class, filters = {9, 10}, repeat = 2)
@Head(
    pool = @Pool(value = Pool.Kind.MAX, name = "last_pool", size = 2),
    dense = "predictions",
    initializer = @Initializer(Initializer.Kind.ONES))
interface Unusual {}

class Outer {
  @Block(shortcut = Shortcut.IDENTITY, activation = Activation.NONE)
  @ConvBn(name = "out", kernel = 3, filters = 8, padding = Padding.EXPLICIT, pad = {1, 1})
  interface One {}
}

@Block(
    shortcut = Shortcut.PROJECTION,
    projection = @ConvBn(name = "0", kernel = 3, filtersAt = 1, padding = Padding.SAME),
    initializer = @Initializer(Initializer.Kind.ZEROS))
@ConvBn(name = "reduce", kernel = 1, filtersAt = 0, bias = false, activation = Activation.NONE)
@ConvBn(name = "in", kernel = 3, filtersAt = 1, padding = Padding.SAME)
interface Two {}
