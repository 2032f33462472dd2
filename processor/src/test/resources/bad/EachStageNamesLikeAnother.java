package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@EachStage(names = {"2", "3"}, blocks = Plain.class, filters = {8, 16})
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Model {}

@Network(like = Model.class)
@EachStage(
    names = {"4", "5"}, // error: names of @EachStage: requires none, as the network that this one is like names its stages, got some
    filters = {8, -16}) // error: filters of stage '3': requires positive numbers, got -16
interface Net {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Plain {}
