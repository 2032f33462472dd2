package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Bottleneck.class, filters = 8, repeat = 2)
@Stage(name = "3", block = Bottleneck.class, filters = 8, stride = 2) // error: stride of stage '3': requires 1, as no unit of Bottleneck has stride = Stride.OF_BLOCK, got 2
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.IDENTITY)
@ConvBn(name = "2a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
@ConvBn(name = "2b", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Bottleneck {}
