package dev.lanewise.model.golden;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;
import static dev.lanewise.spec.Shortcut.IDENTITY_IF_SHAPE_STAYS;
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

/** Depthwise convolutions, with a multiplier too, groups narrow and wide, and dilation. */
@Network(
    batchNorm = @BatchNorm(momentum = 0.9, epsilon = 1e-3),
    names = @Names(conv = "{stage}.conv.{unit}", batchNorm = "{stage}.norm.{unit}"))
@Stem(
    conv = {
      @ConvBn(
          name = "stem1",
          normName = "stem.norm",
          kernel = 3,
          filters = 9,
          padding = SAME,
          activation = Activation.SILU),
      @ConvBn(
          name = "stem2",
          kernel = 3,
          depthMultiplier = 2,
          stride = 2,
          padding = SAME,
          activation = Activation.SILU)
    })
@Stage(name = "features.{ordinal}", block = MixedGroups.Inverted.class, filters = 10, repeat = 2)
@Stage(
    name = "features.{ordinal}",
    block = MixedGroups.Inverted.class,
    filters = 12,
    repeat = 2,
    stride = 2)
@Stage(
    name = "split{before}",
    block = MixedGroups.Split.class,
    filters = {24, 44},
    repeat = 2,
    stride = 2)
@Tail(
    conv =
        @ConvBn(name = "last", kernel = 1, filters = 36, groups = 4, activation = Activation.GELU))
@Head(pool = @Pool(value = GLOBAL_AVERAGE, name = "pool"), dense = "fc{classes}")
interface MixedGroups {
  /** MobileNetV2's block, with a 5x5. */
  @Block(shortcut = IDENTITY_IF_SHAPE_STAYS, activation = Activation.NONE)
  @ConvBn(name = "0", kernel = 1, expansion = 3, bias = false, activation = Activation.HARD_SWISH)
  @ConvBn(
      name = "1",
      kernel = 5,
      depthMultiplier = 1,
      stride = OF_BLOCK,
      padding = EXPLICIT,
      pad = 2,
      activation = Activation.SILU,
      gate =
          @Gate(
              reduce = "1.fc1",
              expand = "1.fc2",
              of = Gate.Of.BLOCK_INPUT,
              activation = Activation.SILU))
  @ConvBn(name = "2", kernel = 1, filtersAt = 0, bias = false)
  interface Inverted {}

  /** Groups in all convolutions. */
  @Block(
      shortcut = PROJECTION_IF_SHAPE_CHANGES,
      projection = @ConvBn(name = "down", kernel = 1, filtersAt = 1, groups = 4, stride = OF_BLOCK))
  @ConvBn(
      name = "0",
      kernel = 1,
      filtersAt = 0,
      groups = 2,
      activation = Activation.SIGMOID,
      gate =
          @Gate(
              reduce = "squash",
              expand = "stretch",
              reduction = 3,
              multipleOf = 8,
              function = Activation.HARD_SIGMOID,
              squeeze = "average",
              reshape = "point",
              multiply = "times"))
  @ConvBn(
      name = "1",
      kernel = 3,
      filtersAt = 0,
      groups = 8,
      activation = Activation.TANH,
      dilation = 2,
      stride = OF_BLOCK,
      padding = SAME)
  @ConvBn(
      name = "2",
      kernel = 3,
      filtersAt = 1,
      dilation = {1, 2},
      padding = SAME)
  interface Split {}
}
