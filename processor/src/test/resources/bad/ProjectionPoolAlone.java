package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Plain.class, filters = 8, repeat = 2)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.IDENTITY, projectionPool = "0") // error: projectionPool of block Plain: requires a projection with it, got none
@ConvBn(name = "2a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Plain {}
