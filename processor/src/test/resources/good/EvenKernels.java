package good;

import dev.lanewise.spec.*;

/** Kernels of even size, padded 'same'. */
@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 2, filters = 6, padding = Padding.SAME))
@Stage(name = "1", block = Even.class, filters = {2, 4, 6}, repeat = 2, stride = 2)
@Head
interface EvenKernels {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 2, stride = Stride.OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK)
@ConvBn(name = "2b", kernel = 2, filtersAt = 1, padding = Padding.SAME)
@ConvBn(name = "2c", kernel = 1, filtersAt = 2)
interface Even {}
