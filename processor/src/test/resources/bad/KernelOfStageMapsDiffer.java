package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Sized.class, kernel = 3)
@Stage(name = "3", block = Sized.class, kernel = 4)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.IDENTITY)
@ConvBn(
    name = "a",
    kernel = Kernel.OF_STAGE,
    filters = 8,
    padding = Padding.EXPLICIT,
    pad = Pad.HALF) // error: map of unit 'a' of Sized: requires as many rows from the units as from the shortcut, got 16 from the units and 15 from the shortcut for a map of 15 rows, and no size makes them equal
interface Sized {}
