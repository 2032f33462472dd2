package bad;

import dev.lanewise.spec.*;

@Network(names = @Names(conv = "{stage}.{unit}", batchNorm = "{stage}.{unit}.norm"))
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2.{number}", block = Layer.class, filters = 8, repeat = 2)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
interface Net {}

@Block(shortcut = Shortcut.CONCATENATION, preActivation = "norm")
@ConvBn(name = "conv1", kernel = 1, filters = 16)
@ConvBn(name = "conv2", kernel = 3, filtersAt = 0, batchNorm = false) // error: map of unit 'conv2' of Layer: requires as many rows from the units as from the shortcut, got 13 from the units and 15 from the shortcut for a map of 15 rows, and no size makes them equal; did you mean padding = Padding.SAME?
interface Layer {}
