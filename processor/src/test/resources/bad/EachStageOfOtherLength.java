package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Plain.class)
@Stage(name = "3", block = Plain.class)
@EachStage(
    filters = {8, 16, 32}, // error: filters of @EachStage: requires as many numbers for each of 2 stages, got 3
    repeats = {1, 2, 3}, // error: repeats of @EachStage: requires 2 values, one for each stage, got 3
    strides = {1, 0}) // error: stride of stage '3': requires a positive number, got 0
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filters = 8, padding = Padding.SAME, stride = Stride.OF_BLOCK)
interface Plain {}
