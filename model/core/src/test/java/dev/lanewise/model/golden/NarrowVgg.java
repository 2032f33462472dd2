package dev.lanewise.model.golden;

import static dev.lanewise.spec.Activation.RELU;
import static dev.lanewise.spec.Activation.SILU;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Pool.Kind.AVERAGE;
import static dev.lanewise.spec.Pool.Kind.MAX;
import static dev.lanewise.spec.Shortcut.NONE;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Dense;
import dev.lanewise.spec.Head;
import dev.lanewise.spec.Network;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Stage;
import dev.lanewise.spec.Stem;

/** VGG with few filters and few stages, and every kind of dense layer and dropout at its end. */
@Network
@Stem(
    conv =
        @ConvBn(
            name = "conv1",
            kernel = 3,
            filters = 9,
            padding = SAME,
            batchNorm = false,
            activation = RELU),
    pool = @Pool(value = MAX, name = "pool1", size = 2))
@Stage(
    name = "2",
    block = NarrowVgg.Plain.class,
    filters = 70,
    repeat = 2,
    pool = @Pool(value = MAX, name = "pool2", size = 2))
@Head(
    pool = @Pool(value = AVERAGE, name = "pool3", size = 2),
    hidden = {
      @Dense(name = "fc1", units = 67, dropout = 0.25),
      @Dense(name = "fc2", units = 30, activation = SILU, dropout = 0.5),
      @Dense(name = "fc4", units = 35, batchNorm = "bn_fc4"),
      @Dense(
          name = "fc5",
          units = 19,
          batchNorm = "bn_fc5",
          activation = Activation.GELU,
          dropout = 0.1),
      @Dense(name = "fc3", units = 21, activation = Activation.NONE)
    },
    dense = "predictions",
    dropout = 0.2)
interface NarrowVgg {
  /** One unit. */
  @Block(shortcut = NONE)
  @ConvBn(
      name = "1",
      kernel = 3,
      filtersAt = 0,
      padding = SAME,
      batchNorm = false,
      activation = RELU)
  interface Plain {}
}
