package good;

import dev.lanewise.spec.*;

/** Activations other than ReLU: in units, after joins, before units, and at the end. */
@Network
@Stem(
    conv =
        @ConvBn(
            name = "conv1",
            kernel = 3,
            filters = 9,
            padding = Padding.SAME,
            activation = Activation.LEAKY_RELU))
@Stage(name = "2", block = Smooth.class, filters = 9, repeat = 2, stride = 2)
@Stage(name = "3", block = Capped.class, filters = 12)
@Stage(name = "4", block = Early.class, filters = 12)
@Tail(batchNorm = "post_bn", function = Activation.SILU)
@Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "avg_pool"))
interface Activations {}

/** The derivative needs the sum again, so what is added may not stand where the output will. */
@Block(
    shortcut = Shortcut.PROJECTION_IF_CHANNELS_CHANGE,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK),
    activation = Activation.SILU)
@ConvBn(
    name = "2a",
    kernel = 3,
    filtersAt = 0,
    stride = Stride.OF_BLOCK,
    padding = Padding.SAME,
    activation = Activation.SILU)
@ConvBn(name = "2b", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Smooth {}

/** Here it may. */
@Block(
    shortcut = Shortcut.PROJECTION,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 0, batchNorm = false),
    activation = Activation.RELU6)
@ConvBn(
    name = "2a",
    kernel = 3,
    filtersAt = 0,
    padding = Padding.SAME,
    activation = Activation.LEAKY_RELU)
@ConvBn(name = "2b", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface Capped {}

@Block(
    shortcut = Shortcut.IDENTITY,
    preActivation = "preact",
    preActivationFunction = Activation.NONE)
@ConvBn(name = "2a", kernel = 3, filtersAt = 0, padding = Padding.SAME, batchNorm = false)
interface Early {}
