package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Bottleneck.class, filters = {8, 32}, repeat = 2)
@Stage(name = "3", block = Bottleneck.class, filters = {16, 64}, repeat = 2, stride = 2)
@Head(
    pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "avg_pool"),
    dense = "predictions",
    hidden = {
      @Dense(name = "fc1", units = 8),
      @Dense(name = "fc2", units = 8, batchNorm = "fc1") // error: names of layers: requires names that differ, got 'fc1' for dense layer 'fc1' and for the batch normalisation of dense layer 'fc2'
    }
)
interface Net {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 1, stride = Stride.OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK)
@ConvBn(name = "2b", kernel = 3, filtersAt = 0, padding = Padding.SAME)
@ConvBn(name = "2c", kernel = 1, filtersAt = 1)
interface Bottleneck {}
