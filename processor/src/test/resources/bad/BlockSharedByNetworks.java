package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Shared.class, filters = 8)
@Head
interface Net {}

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Shared.class, filters = 8)
@Head
interface Other {}

@Block(shortcut = Shortcut.IDENTITY)
@ConvBn(name = "a", kernel = 0, filtersAt = 0, padding = Padding.SAME) // error: kernel of unit 'a': requires a positive number, got 0
@ConvBn(name = "b", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Shared {}
