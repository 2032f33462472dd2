package good;

import dev.lanewise.spec.*;

/** For CIFAR-10, of blocks of two 3x3. */
@Network(initializer = @Initializer(Initializer.Kind.HE_NORMAL))
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 16, padding = Padding.SAME))
@Stage(name = "1", block = Basic.class, filters = 16, repeat = 3)
@Stage(name = "2", block = Basic.class, filters = 32, repeat = 3, stride = 2)
@Stage(name = "3", block = Basic.class, filters = 64, repeat = 3, stride = 2)
@Head(pool = @Pool(Pool.Kind.GLOBAL_AVERAGE))
interface ResNet20 {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK))
@ConvBn(
    name = "1",
    kernel = 3,
    filtersAt = 0,
    stride = Stride.OF_BLOCK,
    padding = Padding.SAME)
@ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Basic {}
