package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Bottleneck.class, filters = 8, repeat = 2)
@Stage(name = "3", block = Bottleneck.class, filters = 16) // error: channels of unit '2b' in block 3a: requires 8, to which the shortcut's identity adds the block's input, got 16; did you mean Shortcut.PROJECTION_IF_SHAPE_CHANGES?
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.IDENTITY)
@ConvBn(name = "2a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
@ConvBn(name = "2b", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Bottleneck {}
