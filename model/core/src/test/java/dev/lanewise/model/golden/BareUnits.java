package dev.lanewise.model.golden;

import static dev.lanewise.spec.Activation.GELU;
import static dev.lanewise.spec.Activation.HARD_SWISH;
import static dev.lanewise.spec.Activation.LEAKY_RELU;
import static dev.lanewise.spec.Activation.RELU;
import static dev.lanewise.spec.Activation.RELU6;
import static dev.lanewise.spec.Activation.SILU;
import static dev.lanewise.spec.Activation.TANH;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;
import static dev.lanewise.spec.Shortcut.NONE;
import static dev.lanewise.spec.Shortcut.PROJECTION;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_CHANNELS_CHANGE;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_SHAPE_CHANGES;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/** Units without normalisation, activated or not, at every place where a unit can stand. */
@Network
@Stem(
    conv = {
      @ConvBn(
          name = "conv1",
          kernel = 3,
          filters = 9,
          padding = SAME,
          batchNorm = false,
          activation = RELU),
      @ConvBn(
          name = "conv2",
          kernel = 3,
          filters = 11,
          stride = 2,
          padding = SAME,
          batchNorm = false,
          activation = SILU)
    },
    pool = @Pool(value = MAX, name = "pool1", size = 2))
@Stage(name = "2", block = BareUnits.Row.class, filters = 70, repeat = 2)
@Stage(name = "3", block = BareUnits.Curved.class, filters = 13, repeat = 2)
@Stage(name = "4", block = BareUnits.Sum.class, filters = 17, repeat = 2, stride = 2)
@Stage(name = "5", block = BareUnits.BesideNorm.class, filters = 14)
@Stage(name = "6", block = BareUnits.BesideCurve.class, filters = 14, repeat = 2, stride = 2)
@Stage(name = "7", block = BareUnits.BeforeNorm.class, filters = 15)
@Head(pool = @Pool(GLOBAL_AVERAGE))
interface BareUnits {
  /** Activated as they are written, with and without bias; one is linear, one normalised. */
  @Block(shortcut = NONE)
  @ConvBn(
      name = "1",
      kernel = 3,
      filtersAt = 0,
      padding = SAME,
      batchNorm = false,
      activation = LEAKY_RELU)
  @ConvBn(name = "2", kernel = 1, filters = 7, batchNorm = false)
  @ConvBn(name = "3", kernel = 1, filters = 21, activation = RELU6)
  @ConvBn(
      name = "4",
      kernel = 3,
      filtersAt = 0,
      padding = SAME,
      bias = false,
      batchNorm = false,
      activation = RELU6)
  interface Row {}

  /** Derivatives that need more than the results. */
  @Block(shortcut = NONE)
  @ConvBn(name = "1", kernel = 1, filters = 66, batchNorm = false, activation = HARD_SWISH)
  @ConvBn(
      name = "2",
      kernel = 3,
      filtersAt = 0,
      padding = SAME,
      batchNorm = false,
      activation = GELU)
  interface Curved {}

  /** The last convolution writes the activated sum. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      projection =
          @ConvBn(name = "0", kernel = 1, filtersAt = 0, stride = OF_BLOCK, batchNorm = false),
      activation = LEAKY_RELU)
  @ConvBn(
      name = "1",
      kernel = 3,
      filtersAt = 0,
      stride = OF_BLOCK,
      padding = SAME,
      batchNorm = false,
      activation = RELU)
  @ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = SAME, batchNorm = false)
  interface Sum {}

  /** The shortcut is normalised, and the last unit is not. */
  @Block(shortcut = PROJECTION, projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0))
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, padding = SAME, batchNorm = false)
  interface BesideNorm {}

  /** The sum is needed again; what is added may have lost pixels to a stride. */
  @Block(
      shortcut = PROJECTION_IF_CHANNELS_CHANGE,
      projection =
          @ConvBn(name = "0", kernel = 1, filtersAt = 0, stride = OF_BLOCK, batchNorm = false),
      activation = TANH)
  @ConvBn(name = "1", kernel = 1, filters = 6, stride = OF_BLOCK)
  @ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = SAME, batchNorm = false)
  interface BesideCurve {}

  /** Within a block that normalises what it reads. */
  @Block(
      shortcut = PROJECTION,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0, batchNorm = false),
      preActivation = "preact")
  @ConvBn(name = "1", kernel = 3, filters = 8, padding = SAME, batchNorm = false, activation = RELU)
  @ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = SAME, batchNorm = false)
  interface BeforeNorm {}
}
