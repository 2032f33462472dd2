package dev.lanewise.model.golden;

import static dev.lanewise.spec.Activation.LEAKY_RELU;
import static dev.lanewise.spec.Activation.RELU;
import static dev.lanewise.spec.Activation.SILU;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.AVERAGE;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;
import static dev.lanewise.spec.Shortcut.NONE;
import static dev.lanewise.spec.Shortcut.PROJECTION;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_CHANNELS_CHANGE;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/** Poolings behind stages of every kind of block. */
@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 9, padding = SAME))
@Stage(
    name = "2",
    block = PooledStages.Bare.class,
    filters = 70,
    repeat = 2,
    pool = @Pool(value = MAX, name = "pool2", size = 2))
@Stage(
    name = "3",
    block = PooledStages.Row.class,
    filters = 12,
    pool = @Pool(value = AVERAGE, size = 2, padding = SAME))
@Stage(
    name = "4",
    block = PooledStages.Sum.class,
    filters = 12,
    repeat = 2,
    pool = @Pool(value = MAX, name = "pool4", size = 3, stride = 1, padding = SAME))
@Stage(
    name = "5",
    block = PooledStages.Strided.class,
    filters = 12,
    stride = 2,
    pool = @Pool(value = AVERAGE, size = 3, stride = 1, padding = SAME))
@Stage(
    name = "6",
    block = PooledStages.Before.class,
    filters = 12,
    stride = 2,
    pool = @Pool(value = MAX, name = "pool6", size = 2, stride = 1, padding = SAME))
@Stage(
    name = "7",
    block = PooledStages.Before.class,
    filters = 13,
    pool = @Pool(value = MAX, name = "pool7", size = 2))
@Head(pool = @Pool(GLOBAL_AVERAGE))
interface PooledStages {
  /** One unit, as VGG's. */
  @Block(shortcut = NONE)
  @ConvBn(
      name = "1",
      kernel = 3,
      filtersAt = 0,
      padding = SAME,
      batchNorm = false,
      activation = RELU)
  interface Bare {}

  /** Normalised, and read activated by the pooling. */
  @Block(shortcut = NONE)
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, padding = SAME, activation = LEAKY_RELU)
  @ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = SAME, activation = SILU)
  interface Row {}

  /** A normalised sum. */
  @Block(
      shortcut = PROJECTION,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0),
      activation = SILU)
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, padding = SAME)
  interface Sum {}

  /** An identity that takes a stride. */
  @Block(
      shortcut = PROJECTION_IF_CHANNELS_CHANGE,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0, stride = OF_BLOCK))
  @ConvBn(
      name = "1",
      kernel = 3,
      filtersAt = 0,
      stride = OF_BLOCK,
      padding = SAME,
      batchNorm = false)
  interface Strided {}

  /** A bare sum. */
  @Block(
      shortcut = PROJECTION_IF_CHANNELS_CHANGE,
      projection =
          @ConvBn(name = "0", kernel = 1, filtersAt = 0, stride = OF_BLOCK, batchNorm = false),
      preActivation = "preact")
  @ConvBn(name = "1", kernel = 1, filters = 8)
  @ConvBn(
      name = "2",
      kernel = 3,
      filtersAt = 0,
      stride = OF_BLOCK,
      padding = SAME,
      batchNorm = false)
  interface Before {}
}
