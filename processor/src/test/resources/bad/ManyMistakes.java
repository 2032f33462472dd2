package bad;

import dev.lanewise.spec.*;

@Network(channels = -1) // error: channels of the images: requires a positive number, got -1
@Stem(conv = @ConvBn(name = "conv1", kernel = 0, filters = 8, padding = Padding.SAME)) // error: kernel of unit 'conv1': requires a positive number, got 0
@Stage(name = "2", block = Bottleneck.class, filters = {8, 0}, repeat = 2) // error: filters of stage '2': requires positive numbers, got 0
@Stage(name = "3", block = Bottleneck.class, filters = {16, 64}, repeat = 2, stride = 2)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, size = 2)) // error: pool of the head: requires no size, as the window of GLOBAL_AVERAGE is the whole map, got one
interface Net {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 1, stride = Stride.OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK)
@ConvBn(name = "2b", kernel = {}, filtersAt = 0, padding = Padding.SAME) // error: kernel of unit '2b': requires one number or {height, width}, got {}
@ConvBn(name = "2c", kernel = 1, filters = -3) // error: filters of unit '2c': requires a positive number, got -3
interface Bottleneck {}
