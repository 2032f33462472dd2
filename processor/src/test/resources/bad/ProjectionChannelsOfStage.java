package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Bottleneck.class, filters = {8, 32}, repeat = 2) // error: channels of unit '1' in block 2a: requires 32, to which the projection is added in unit '2c', got 8
@Stage(name = "3", block = Bottleneck.class, filters = {16, 64}, repeat = 2, stride = 2) // error: channels of unit '1' in block 3a: requires 64, to which the projection is added in unit '2c', got 16
@Stage(name = "4", block = FixedProjection.class, filters = {16, 128}) // error: channels of unit '2b' in block 4a: requires 64, to which the projection in unit '1' is fixed, got 128
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK)
@ConvBn(name = "2b", kernel = 3, filtersAt = 0, padding = Padding.SAME)
@ConvBn(name = "2c", kernel = 1, filtersAt = 1)
interface Bottleneck {}

@Block(
    shortcut = Shortcut.PROJECTION,
    projection = @ConvBn(name = "1", kernel = 1, filters = 64, stride = Stride.OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK)
@ConvBn(name = "2b", kernel = 1, filtersAt = 1)
interface FixedProjection {}
