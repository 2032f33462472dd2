package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Bottleneck.class, filters = {8, 32})
@Stage(name = "3", block = Bottleneck.class, filters = {16, 64})
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "2a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
@ConvBn(name = "2c", kernel = 1, filtersAt = 1, gate = @Gate(reduce = "fc1", expand = "fc2")) // error: gate of unit '2c': requires none, as no unit of the block reads what it multiplies, got one
interface Bottleneck {}
