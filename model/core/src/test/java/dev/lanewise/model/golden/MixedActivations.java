package dev.lanewise.model.golden;

import static dev.lanewise.spec.Activation.GELU;
import static dev.lanewise.spec.Activation.HARD_SIGMOID;
import static dev.lanewise.spec.Activation.HARD_SWISH;
import static dev.lanewise.spec.Activation.LEAKY_RELU;
import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;
import static dev.lanewise.spec.Activation.RELU6;
import static dev.lanewise.spec.Activation.SIGMOID;
import static dev.lanewise.spec.Activation.SILU;
import static dev.lanewise.spec.Activation.TANH;
import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_CHANNELS_CHANGE;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_SHAPE_CHANGES;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;
import dev.lanewise.spec.Tail;

/** Every activation at every place where one can stand, over few and odd numbers of filters. */
@Network
@Stem(
    conv = {
      @ConvBn(name = "conv1", kernel = 3, filters = 9, padding = SAME, activation = SILU),
      @ConvBn(
          name = "conv2",
          kernel = 3,
          filters = 11,
          stride = 2,
          padding = SAME,
          activation = LEAKY_RELU)
    },
    pool = @Pool(value = MAX, name = "pool1", size = 3, stride = 2, padding = EXPLICIT, pad = 1))
@Stage(
    name = "2",
    block = MixedActivations.Smooth.class,
    filters = {5, 19},
    repeat = 2)
@Stage(name = "3", block = MixedActivations.Bare.class, filters = 20, repeat = 2)
@Stage(name = "4", block = MixedActivations.Pooled.class, filters = 20, repeat = 2, stride = 2)
@Stage(
    name = "5",
    block = MixedActivations.Leaky.class,
    filters = {7, 70},
    repeat = 2)
@Stage(name = "6", block = MixedActivations.Capped.class, filters = 18, repeat = 2)
@Stage(name = "7", block = MixedActivations.Plain.class, filters = 21)
@Stage(name = "7c", block = MixedActivations.Curved.class, filters = 13, repeat = 2)
@Stage(name = "7d", block = MixedActivations.Hard.class, filters = 13, repeat = 2)
@Stage(name = "7e", block = MixedActivations.Bounded.class, filters = 10)
@Stage(
    name = "8",
    block = MixedActivations.Before.class,
    filters = {6, 34},
    repeat = 2)
@Tail(batchNorm = "post_bn", function = SILU)
@Head(pool = @Pool(GLOBAL_AVERAGE))
interface MixedActivations {
  /** Joins of x, and of a normalised projection. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 1, stride = OF_BLOCK),
      activation = SILU)
  @ConvBn(name = "1", kernel = 1, filtersAt = 0, stride = OF_BLOCK, activation = LEAKY_RELU)
  @ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = SAME, activation = RELU6)
  @ConvBn(name = "3", kernel = 1, filtersAt = 1)
  interface Smooth {}

  /** A projection without normalisation. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      projection =
          @ConvBn(name = "0", kernel = 1, filtersAt = 0, stride = OF_BLOCK, batchNorm = false),
      activation = SILU)
  @ConvBn(
      name = "1",
      kernel = 3,
      filtersAt = 0,
      stride = OF_BLOCK,
      padding = SAME,
      activation = SILU)
  @ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = SAME)
  interface Bare {}

  /** An identity that takes a stride. */
  @Block(
      shortcut = PROJECTION_IF_CHANNELS_CHANGE,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0, stride = OF_BLOCK),
      activation = SILU)
  @ConvBn(
      name = "1",
      kernel = 3,
      filtersAt = 0,
      stride = OF_BLOCK,
      padding = SAME,
      activation = NONE)
  @ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = SAME)
  interface Pooled {}

  /** Joins whose derivative the output tells. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 1),
      activation = LEAKY_RELU)
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, padding = SAME, activation = RELU)
  @ConvBn(name = "2", kernel = 1, filtersAt = 1)
  interface Leaky {}

  /** The same, of a projection without normalisation. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0, batchNorm = false),
      activation = RELU6)
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, padding = SAME, activation = RELU6)
  @ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = SAME)
  interface Capped {}

  /** No shortcut. */
  @Block(shortcut = Shortcut.NONE)
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, padding = SAME, activation = LEAKY_RELU)
  @ConvBn(name = "2", kernel = 1, filtersAt = 0, activation = SILU)
  interface Plain {}

  /** A join by the normal distribution. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0),
      activation = GELU)
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, padding = SAME, activation = HARD_SWISH)
  @ConvBn(name = "2", kernel = 1, filtersAt = 0, activation = TANH)
  @ConvBn(name = "3", kernel = 1, filtersAt = 0)
  interface Curved {}

  /** A join by lines and a parabola. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0, batchNorm = false),
      activation = HARD_SWISH)
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, padding = SAME, activation = GELU)
  @ConvBn(name = "2", kernel = 1, filtersAt = 0, activation = HARD_SIGMOID)
  @ConvBn(name = "3", kernel = 1, filtersAt = 0)
  interface Hard {}

  /** Joins and units whose results lie between bounds. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0),
      activation = TANH)
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, padding = SAME, activation = SIGMOID)
  @ConvBn(name = "2", kernel = 1, filtersAt = 0)
  interface Bounded {}

  /** Blocks that activate what they read. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      preActivation = "preact",
      preActivationFunction = SILU,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 1, batchNorm = false))
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, padding = SAME, activation = RELU6)
  @ConvBn(name = "2", kernel = 1, filtersAt = 1, batchNorm = false)
  interface Before {}
}
