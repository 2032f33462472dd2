package bad;

import dev.lanewise.spec.*;

@Network
@Stem(
    conv =
        @ConvBn(
            name = "conv1",
            kernel = Kernel.OF_STAGE, // error: kernel of unit 'conv1': requires a positive number, got -1
            filters = 8,
            padding = Padding.SAME))
@Stage(name = "2", block = Sized.class, kernel = 3)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(
    name = "a",
    kernel = Kernel.OF_STAGE,
    filters = 8,
    padding = Padding.EXPLICIT,
    pad = 1) // error: pad of unit 'a': requires Pad.HALF, as the kernel is the stage's, got {1}
@ConvBn(name = "b", kernel = 3, filters = 8, padding = Padding.SAME, pad = Pad.HALF) // error: pad of unit 'b': requires padding = Padding.EXPLICIT with it, got Padding.SAME
interface Sized {}
