package good;

import dev.lanewise.spec.*;

/** Several dense layers, and dropouts in front of them. */
@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 5, padding = Padding.SAME))
@Stage(name = "2", block = HeadsRow.class, filters = 6)
@Head(
    pool = @Pool(value = Pool.Kind.MAX, name = "pool2", size = 4),
    hidden = {
      @Dense(name = "fc1", units = 20, dropout = 0.25),
      @Dense(name = "fc2", units = 9, activation = Activation.GELU),
      @Dense(name = "fc3", units = 7, activation = Activation.NONE, dropout = 0.5),
      @Dense(name = "fc4", units = 8, batchNorm = "bn4", dropout = 0.25)
    },
    dense = "predictions",
    dropout = 0.125)
interface Heads {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface HeadsRow {}
