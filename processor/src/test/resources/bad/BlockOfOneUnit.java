package bad;

import dev.lanewise.spec.*;

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME, pad = 1) // error: pad of unit 'a': requires padding = Padding.EXPLICIT with it, got Padding.SAME
interface Single {}

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Single.class, filters = 8)
@Head
interface Net {}
