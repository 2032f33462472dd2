package bad;

import dev.lanewise.spec.*;

@Network(names = @Names(conv = "{stage}.{unit}", batchNorm = "{stage}.{unit}.norm"))
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2.{number}", block = Layer.class, filters = 8, repeat = 2, stride = 2) // error: stride of stage '2.{number}': requires 1, as the shortcut of Layer is the block's input, got 2
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.CONCATENATION, preActivation = "norm")
@ConvBn(name = "conv1", kernel = 1, filters = 16, stride = Stride.OF_BLOCK)
@ConvBn(name = "conv2", kernel = 3, filtersAt = 0, padding = Padding.SAME, batchNorm = false)
interface Layer {}
