package good;

import dev.lanewise.spec.*;

/** ResNet50 as the tutorials write it. */
@Network
@Stem(
    conv =
        @ConvBn(
            name = "conv1",
            kernel = 7,
            filters = 64,
            stride = 2,
            padding = Padding.EXPLICIT,
            pad = 3),
    pool = @Pool(value = Pool.Kind.MAX, name = "pool1", size = 3, stride = 2))
@Stage(name = "2", block = Bottleneck.class, filters = {64, 64, 256}, repeat = 3)
@Stage(name = "3", block = Bottleneck.class, filters = {128, 128, 512}, repeat = 4, stride = 2)
@Stage(name = "4", block = Bottleneck.class, filters = {256, 256, 1024}, repeat = 6, stride = 2)
@Stage(name = "5", block = Bottleneck.class, filters = {512, 512, 2048}, repeat = 3, stride = 2)
@Head(
    pool =
        @Pool(
            value = Pool.Kind.AVERAGE,
            name = "avg_pool",
            size = 2,
            padding = Padding.SAME))
interface ResNet50 {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 2, stride = Stride.OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK)
@ConvBn(name = "2b", kernel = 3, filtersAt = 1, padding = Padding.SAME)
@ConvBn(name = "2c", kernel = 1, filtersAt = 2)
interface Bottleneck {}
