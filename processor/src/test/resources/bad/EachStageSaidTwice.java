package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Plain.class, repeat = 2)
@Stage(name = "3", block = Plain.class, filters = 16)
@EachStage(
    names = {"2", "3"}, // error: names of @EachStage: requires no @Stage beside it, got 2
    filters = {
      8,
      16 // error: filters of @EachStage: requires a filters that is said once, got one beside that of @Stage
    },
    repeats = {
      2, // error: repeats of @EachStage: requires a repeat that is said once, got one beside that of @Stage
      2
    })
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Plain {}
