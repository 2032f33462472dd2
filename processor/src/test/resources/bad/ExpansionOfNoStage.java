package bad;

import dev.lanewise.spec.*;

@Network
@Stem(
    conv =
        @ConvBn(
            name = "conv1",
            kernel = 3,
            expansion = Expansion.OF_STAGE, // error: unit 'conv1': requires filters = ..., as a stem is no block, got expansion // error: expansion of unit 'conv1': requires a positive number, got -1
            padding = Padding.SAME))
@Stage(name = "2", block = Wide.class) // error: expansion of stage '2': requires a number, as unit 'a' of Wide has expansion = Expansion.OF_STAGE, got none
@Stage(name = "3", block = Wide.class, expansion = 0) // error: expansion of stage '3': requires a positive number, got 0
@Stage(name = "4", block = Plain.class, expansion = 6) // error: expansion of stage '4': requires none, as no unit of Plain has expansion = Expansion.OF_STAGE, got 6
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 1, expansion = Expansion.OF_STAGE)
@ConvBn(name = "b", kernel = 1, filters = 8)
interface Wide {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filters = 8, padding = Padding.SAME)
interface Plain {}
