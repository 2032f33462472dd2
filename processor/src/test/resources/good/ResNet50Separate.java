package good;

import dev.lanewise.spec.*;

/** Two kinds of blocks, which start differently. */
@Network(initializer = @Initializer(value = Initializer.Kind.GLOROT_UNIFORM, seed = 0))
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
@Stage(name = "2", block = ConvolutionalBlock.class, filters = {64, 64, 256})
@Stage(name = "2", firstBlock = 'b', block = IdentityBlock.class, filters = {64, 64, 256}, repeat = 2)
@Stage(name = "3", block = ConvolutionalBlock.class, filters = {128, 128, 512}, stride = 2)
@Stage(name = "3", firstBlock = 'b', block = IdentityBlock.class, filters = {128, 128, 512}, repeat = 3)
@Stage(name = "4", block = ConvolutionalBlock.class, filters = {256, 256, 1024}, stride = 2)
@Stage(name = "4", firstBlock = 'b', block = IdentityBlock.class, filters = {256, 256, 1024}, repeat = 5)
@Stage(name = "5", block = ConvolutionalBlock.class, filters = {512, 512, 2048}, stride = 2)
@Stage(name = "5", firstBlock = 'b', block = IdentityBlock.class, filters = {512, 512, 2048}, repeat = 2)
@Head(
    pool =
        @Pool(
            value = Pool.Kind.AVERAGE,
            name = "avg_pool",
            size = 2,
            padding = Padding.SAME))
interface ResNet50Separate {}

@Block(
    shortcut = Shortcut.PROJECTION,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 2, stride = Stride.OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK)
@ConvBn(name = "2b", kernel = 3, filtersAt = 1, padding = Padding.SAME)
@ConvBn(name = "2c", kernel = 1, filtersAt = 2)
interface ConvolutionalBlock {}

@Block(
    shortcut = Shortcut.IDENTITY,
    initializer = @Initializer(Initializer.Kind.RANDOM_UNIFORM))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0)
@ConvBn(name = "2b", kernel = 3, filtersAt = 1, padding = Padding.SAME)
@ConvBn(name = "2c", kernel = 1, filtersAt = 2)
interface IdentityBlock {}
