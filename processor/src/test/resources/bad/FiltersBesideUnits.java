package bad;

import dev.lanewise.spec.*;

@Network
@Stem(
    conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME),
    filters = 16) // error: filters of the stem: requires units of another network, or filters in each @ConvBn, got both
@Stage(name = "2", block = Plain.class)
@Tail(conv = @ConvBn(name = "last", kernel = 1, filters = 16))
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Model {}

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Plain.class)
@Tail(conv = @ConvBn(name = "last", kernel = 1, filters = 16))
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Sound {}

@Network(like = Sound.class)
@Stem(filters = {8, 8}) // error: filters of the stem: requires 1 number, one for each unit, got 2
@Tail(filters = -16) // error: filters of unit 'last': requires a positive number, got -16
interface Net {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filters = 8, padding = Padding.SAME)
interface Plain {}
