package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 100000, padding = Padding.SAME))
@Stage(name = "2", block = Bottleneck.class, filters = {8, 32}, repeat = 2)
@Stage(name = "3", block = Bottleneck.class, filters = {16, 64}, repeat = 2, stride = 2)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 1, stride = Stride.OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK)
@ConvBn(name = "2b", kernel = 3, expansion = 32768, padding = Padding.SAME) // error: kernel of unit '2b' of block 2a: requires at most 2147483647 weights, as one array holds them, got 3 x 3 x 8 x 2147483647
@ConvBn(name = "2c", kernel = 1, filtersAt = 1)
interface Bottleneck {}
