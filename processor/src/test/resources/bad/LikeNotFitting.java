package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Bottleneck.class, filters = {8, 32}, repeat = 2)
@Stage(name = "3", block = Bottleneck.class, filters = {16, 64}, repeat = 2, stride = 2)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 1, stride = Stride.OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK)
@ConvBn(name = "2b", kernel = 3, filtersAt = 0, padding = Padding.SAME)
@ConvBn(name = "2c", kernel = 1, filtersAt = 1)
interface Bottleneck {}

@Network(like = Net.class)
@Stage(name = "2", filters = {8, 32, 64}) // error: filters of stage '2': requires only numbers that a unit of Bottleneck takes, got filters[2], which none does
@Stage(name = "3", block = Plain.class, repeat = 1) // error: filters of stage '3': requires only numbers that a unit of Plain takes, got filters[1], which none does (taken from Net)
interface Derived {}

@Network(like = Net.class, channels = 0) // error: channels of the images: requires a positive number, got 0
@Head(dense = "pool") // error: names of layers: requires names that differ, got 'pool' for the pool of the head and for the dense layer
interface Other {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filtersAt = 0, stride = Stride.OF_BLOCK, padding = Padding.SAME)
interface Plain {}
