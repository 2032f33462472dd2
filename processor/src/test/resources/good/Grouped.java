package good;

import dev.lanewise.spec.*;

/** Groups, depthwise convolutions, dilation, and blocks that widen what they read. */
@Network(
    names =
        @Names(
            conv = "{stage}.conv.{unit}",
            batchNorm = "{stage}.norm.{unit}",
            activation = "{stage}.act.{unit}"))
@Stem(
    conv =
        @ConvBn(
            name = "features.0.0",
            normName = "features.0.1",
            kernel = 3,
            filters = 8,
            stride = 2,
            padding = Padding.SAME,
            activation = Activation.RELU6))
@Stage(name = "features.{ordinal}", block = Inverted.class, filters = 8, repeat = 2)
@Stage(name = "features.{ordinal}", block = Inverted.class, filters = 12, repeat = 2, stride = 2)
@Stage(name = "split_{before}", block = Split.class, filters = {24, 48}, repeat = 2, stride = 2)
@Tail(
    conv =
        @ConvBn(
            name = "last",
            normName = "last_bn",
            activationName = "last_relu",
            kernel = 1,
            filters = 20))
@Head(pool = @Pool(Pool.Kind.GLOBAL_AVERAGE), dense = "classifier.1")
interface Grouped {}

@Block(shortcut = Shortcut.IDENTITY_IF_SHAPE_STAYS, activation = Activation.NONE)
@ConvBn(name = "0", kernel = 1, expansion = 3, bias = false, activation = Activation.RELU6)
@ConvBn(
    name = "1",
    kernel = 3,
    depthMultiplier = 1,
    stride = Stride.OF_BLOCK,
    padding = Padding.SAME,
    bias = false,
    activation = Activation.RELU6,
    gate = @Gate(reduce = "1.fc1", expand = "1.fc2"))
@ConvBn(name = "2", normName = "3", kernel = 1, filtersAt = 0, bias = false)
interface Inverted {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    projection =
        @ConvBn(name = "downsample", kernel = 1, filtersAt = 1, stride = Stride.OF_BLOCK))
@ConvBn(name = "0", kernel = 1, filtersAt = 0)
@ConvBn(
    name = "1",
    kernel = 3,
    filtersAt = 0,
    groups = 4,
    dilation = 2,
    stride = Stride.OF_BLOCK,
    padding = Padding.SAME)
@ConvBn(name = "2", kernel = 1, filtersAt = 1, groups = 2)
interface Split {}
