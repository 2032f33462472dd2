package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Sized.class) // error: kernel of stage '2': requires a number, as unit 'a' of Sized has kernel = Kernel.OF_STAGE, got none
@Stage(name = "3", block = Plain.class, kernel = 3) // error: kernel of stage '3': requires none, as no unit of Plain has kernel = Kernel.OF_STAGE, got 3
@Stage(name = "4", block = Sized.class, kernel = -5) // error: kernel of stage '4': requires a positive number, got -5
@Stage(name = "5", block = Sized.class, kernel = 20000) // error: kernel of stage '5': requires at most 32768 pixels from its first to its last, by the dilation of unit 'a', got 39999
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = Kernel.OF_STAGE, dilation = 2, filters = 8, padding = Padding.SAME)
interface Sized {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filters = 8, padding = Padding.SAME)
interface Plain {}
