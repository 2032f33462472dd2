package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Bottleneck.class, filters = {8, 32}, repeat = 2)
@Stage(name = "3", block = Bottleneck.class, filters = {16, 64}, repeat = 2, stride = 2)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.NONE) // error: block Bottleneck: requires at least one @ConvBn, got none
interface Bottleneck {}
