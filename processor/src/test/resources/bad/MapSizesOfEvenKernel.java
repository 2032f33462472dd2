package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Bottleneck.class, filters = 8, repeat = 2)
@Stage(name = "3", block = Bottleneck.class, filters = 8)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.IDENTITY)
@ConvBn(name = "2a", kernel = 4, filtersAt = 0, padding = Padding.EXPLICIT, pad = 1) // error: map of unit '2a' of Bottleneck: requires as many rows from the units as from the shortcut, got 14 from the units and 15 from the shortcut for a map of 15 rows, and no size makes them equal
@ConvBn(name = "2b", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Bottleneck {}
