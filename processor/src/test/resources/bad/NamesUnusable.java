package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv/1", kernel = 3, filters = 8, padding = Padding.SAME)) // error: name of a unit of the stem: requires a name of letters, digits, '_', '-' and '.', got 'conv/1'
@Stage(name = "", block = Bottleneck.class, filters = {8, 32}, repeat = 2) // error: name of a stage: requires a name of letters, digits, '_', '-' and '.', got ''
@Stage(name = "3", block = Bottleneck.class, filters = {16, 64}, repeat = 2, stride = 2)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "..")) // error: name of the pool: requires a name that starts with a letter, a digit or '_', got '..'
interface Net {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 1, stride = Stride.OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK)
@ConvBn(name = "2 b", kernel = 3, filtersAt = 0, padding = Padding.SAME) // error: name of a unit: requires a name of letters, digits, '_', '-' and '.', got '2 b'
@ConvBn(name = "2c", kernel = 1, filtersAt = 1)
interface Bottleneck {}
