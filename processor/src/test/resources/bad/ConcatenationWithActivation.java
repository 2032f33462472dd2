package bad;

import dev.lanewise.spec.*;

@Network(names = @Names(conv = "{stage}.{unit}", batchNorm = "{stage}.{unit}.norm"))
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2.{number}", block = Layer.class, filters = 8, repeat = 2)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.CONCATENATION, preActivation = "norm")
@ConvBn(name = "conv1", kernel = 1, filters = 16)
@ConvBn(name = "conv2", kernel = 3, filtersAt = 0, padding = Padding.SAME, batchNorm = false, activation = Activation.RELU) // error: activation of unit 'conv2': requires NONE, as the blocks that read its channels activate them, got RELU
interface Layer {}
