package dev.lanewise.model.golden;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.AVERAGE;
import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;
import static dev.lanewise.spec.Shortcut.CONCATENATION;
import static dev.lanewise.spec.Shortcut.NONE;

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

/** Dense blocks of one layer and of several, also behind each other. */
@Network(
    batchNorm = @BatchNorm(momentum = 0.9, epsilon = 1e-3),
    names = @Names(conv = "{stage}.{unit}", batchNorm = "{stage}.{unit}.norm"))
@Stem(
    conv = @ConvBn(name = "stem", kernel = 3, filters = 11, padding = SAME),
    pool = @Pool(value = MAX, name = "pool1", size = 2))
@Stage(name = "dense1.{number}", block = Growing.Layer.class, filters = 5, repeat = 3)
@Stage(
    name = "transition",
    block = Growing.Transition.class,
    filters = 13,
    pool = @Pool(value = AVERAGE, name = "pool2", size = 2))
@Stage(name = "dense2.{number}", block = Growing.Layer.class, filters = 17, repeat = 2)
@Stage(
    name = "dense3.{number}",
    block = Growing.Wide.class,
    filters = {6, 33})
@Stage(name = "dense4.{number}", block = Growing.Layer.class, filters = 16, repeat = 2)
@Tail(batchNorm = "last")
@Head(pool = @Pool(value = GLOBAL_AVERAGE, name = "pool"), dense = "fc{classes}")
interface Growing {
  /** DenseNet's layer. */
  @Block(shortcut = CONCATENATION, preActivation = "norm1")
  @ConvBn(name = "conv1", kernel = 1, filters = 20, bias = false)
  @ConvBn(
      name = "conv2",
      kernel = 3,
      filtersAt = 0,
      padding = SAME,
      bias = false,
      batchNorm = false)
  interface Layer {}

  /** What halves its channels. */
  @Block(shortcut = NONE)
  @ConvBn(name = "conv", kernel = 1, filtersAt = 0)
  interface Transition {}

  /** A curve, a gate, biases, and channels that follow from the input's. */
  @Block(shortcut = CONCATENATION, preActivation = "norm1", preActivationFunction = Activation.SILU)
  @ConvBn(
      name = "conv1",
      kernel = 3,
      depthMultiplier = 1,
      padding = SAME,
      activation = Activation.SILU,
      gate = @Gate(reduce = "fc1", expand = "fc2"))
  @ConvBn(name = "conv2", kernel = 1, filtersAt = 0)
  @ConvBn(name = "conv3", kernel = 3, filtersAt = 1, padding = SAME, batchNorm = false)
  interface Wide {}
}
