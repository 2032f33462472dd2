package good;

import dev.lanewise.spec.*;

/** Units without normalisation, with and without activations, wherever a unit may stand. */
@Network
@Stem(
    conv = {
      @ConvBn(
          name = "conv0",
          kernel = 3,
          filters = 5,
          padding = Padding.SAME,
          batchNorm = false,
          activation = Activation.RELU6),
      @ConvBn(
          name = "conv1",
          kernel = 3,
          filters = 9,
          padding = Padding.SAME,
          batchNorm = false,
          activation = Activation.SILU)
    },
    pool = @Pool(value = Pool.Kind.MAX, name = "pool1", size = 2))
@Stage(name = "2", block = BareRow.class, filters = 9)
@Stage(name = "3", block = BareCurves.class, filters = 7)
@Stage(name = "4", block = BareSum.class, filters = 11, repeat = 2, stride = 2)
@Stage(name = "5", block = BareBesideNorm.class, filters = 6)
@Stage(name = "6", block = BareCurvedSum.class, filters = 6)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "avg_pool"))
interface Bare {}

/** Each convolution activates what it writes, but for one that has no activation. */
@Block(shortcut = Shortcut.NONE)
@ConvBn(
    name = "a",
    kernel = 3,
    filtersAt = 0,
    padding = Padding.SAME,
    batchNorm = false,
    activation = Activation.LEAKY_RELU)
@ConvBn(name = "b", kernel = 1, filters = 4, batchNorm = false)
@ConvBn(name = "c", kernel = 1, filters = 8)
@ConvBn(
    name = "d",
    kernel = 3,
    filtersAt = 0,
    padding = Padding.SAME,
    bias = false,
    batchNorm = false,
    activation = Activation.RELU)
interface BareRow {}

/** Derivatives that need more than the results. */
@Block(shortcut = Shortcut.NONE)
@ConvBn(
    name = "a",
    kernel = 1,
    filters = 16,
    batchNorm = false,
    activation = Activation.HARD_SWISH)
@ConvBn(
    name = "b",
    kernel = 3,
    filtersAt = 0,
    padding = Padding.SAME,
    batchNorm = false,
    activation = Activation.GELU)
interface BareCurves {}

/** The last convolution writes the sum, activated. */
@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    projection =
        @ConvBn(
            name = "p",
            kernel = 1,
            filtersAt = 0,
            stride = Stride.OF_BLOCK,
            batchNorm = false))
@ConvBn(
    name = "a",
    kernel = 3,
    filtersAt = 0,
    stride = Stride.OF_BLOCK,
    padding = Padding.SAME,
    batchNorm = false,
    activation = Activation.RELU)
@ConvBn(name = "b", kernel = 3, filtersAt = 0, padding = Padding.SAME, batchNorm = false)
interface BareSum {}

/** The shortcut is normalised, and the last unit is not. */
@Block(
    shortcut = Shortcut.PROJECTION,
    projection = @ConvBn(name = "p", kernel = 1, filtersAt = 0))
@ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME, batchNorm = false)
interface BareBesideNorm {}

/** The derivative needs the sum again. */
@Block(
    shortcut = Shortcut.IDENTITY,
    activation = Activation.TANH)
@ConvBn(name = "a", kernel = 1, filters = 6)
@ConvBn(name = "b", kernel = 3, filtersAt = 0, padding = Padding.SAME, batchNorm = false)
interface BareCurvedSum {}
