package dev.lanewise.model.golden;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;
import static dev.lanewise.spec.Shortcut.IDENTITY_IF_SHAPE_STAYS;
import static dev.lanewise.spec.Shortcut.PROJECTION;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_SHAPE_CHANGES;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Gate;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Names;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;
import dev.lanewise.spec.Tail;

/** Gates in front of additions, and poolings in front of projections. */
@Network(
    batchNorm = @BatchNorm(momentum = 0.9, epsilon = 1e-3),
    names =
        @Names(
            conv = "{stage}.{index}.{unit}",
            batchNorm = "{stage}.{index}.{unit}.norm",
            projectionConv = "{stage}.{index}.down.1",
            projectionBatchNorm = "{stage}.{index}.down.2"))
@Stem(conv = @ConvBn(name = "stem", kernel = 3, filters = 10, padding = SAME))
@Stage(
    name = "2",
    block = GatedSums.Excited.class,
    filters = {7, 18},
    repeat = 2,
    stride = 2)
@Stage(
    name = "3",
    block = GatedSums.Curved.class,
    filters = {9, 34},
    repeat = 2,
    stride = 2,
    pool = @Pool(value = MAX, name = "pool3", size = 2))
@Stage(name = "4", block = GatedSums.Loose.class, filters = 34)
@Stage(name = "5", block = GatedSums.Loose.class, filters = 20)
@Stage(name = "6", block = GatedSums.Bare.class, filters = 24, stride = 3)
@Stage(name = "7", block = GatedSums.Before.class, filters = 21, repeat = 2, stride = 2)
@Tail(batchNorm = "last")
@Head(pool = @Pool(value = GLOBAL_AVERAGE, name = "pool"), dense = "fc{classes}")
interface GatedSums {
  /** SE-ResNet's block, with ResNet-D's shortcut. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 1),
      projectionPool = "down.0")
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, stride = OF_BLOCK, padding = SAME)
  @ConvBn(
      name = "2",
      kernel = 1,
      filtersAt = 1,
      gate = @Gate(reduce = "fc1", expand = "fc2", reduction = 3))
  interface Excited {}

  /** The sum under a curve that needs it again. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 1, stride = OF_BLOCK),
      activation = Activation.SILU)
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, stride = OF_BLOCK, padding = SAME)
  @ConvBn(
      name = "2",
      kernel = 1,
      filtersAt = 1,
      gate =
          @Gate(
              reduce = "fc1",
              expand = "fc2",
              activation = Activation.SILU,
              function = Activation.HARD_SIGMOID))
  interface Curved {}

  /** A gate with a sum, and where channels change without one. */
  @Block(shortcut = IDENTITY_IF_SHAPE_STAYS, activation = Activation.LEAKY_RELU)
  @ConvBn(
      name = "1",
      kernel = 3,
      filtersAt = 0,
      padding = SAME,
      gate = @Gate(reduce = "fc1", expand = "fc2"))
  interface Loose {}

  /** No normalisation in front of the gate, nor on the shortcut. */
  @Block(
      shortcut = PROJECTION,
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0, batchNorm = false),
      projectionPool = "down.0")
  @ConvBn(
      name = "1",
      kernel = 3,
      filtersAt = 0,
      stride = OF_BLOCK,
      padding = SAME,
      batchNorm = false,
      gate = @Gate(reduce = "fc1", expand = "fc2"))
  interface Bare {}

  /** Normalisation first. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      preActivation = "pre",
      projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0, batchNorm = false),
      projectionPool = "down.0")
  @ConvBn(name = "1", kernel = 3, filtersAt = 0, stride = OF_BLOCK, padding = SAME)
  @ConvBn(
      name = "2",
      kernel = 1,
      filtersAt = 0,
      batchNorm = false,
      gate = @Gate(reduce = "fc1", expand = "fc2"))
  interface Before {}
}
