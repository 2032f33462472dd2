package bad;

import dev.lanewise.spec.*;

@Network(names = @Names(conv = "features.{position}", batchNorm = "features.{position}"))
@Stem(conv = @ConvBn(name = "features.0", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Sum.class) // error: block of stage '2': requires Shortcut.NONE, as {position} in the names counts layers in one row, got IDENTITY
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.IDENTITY)
@ConvBn(name = "a", kernel = 3, filters = 8, padding = Padding.SAME)
interface Sum {}
