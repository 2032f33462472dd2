package good;

import static dev.lanewise.spec.Padding.*;
import static dev.lanewise.spec.Pool.Kind.*;
import static dev.lanewise.spec.Shortcut.*;

import dev.lanewise.spec.*;

@Network(
    names =
        @Names(
            conv = "{stage}.{unit}",
            batchNorm = "{stage}.{unit}",
            activation = "{stage}.{unit}",
            add = "{stage}.concat"))
@Stem(conv = @ConvBn(name = "stem", kernel = 3, filters = 8, padding = SAME))
@Stage(name = "dense1.layer{number}", block = DenseLayer.class, filters = 4, repeat = 3)
@Stage(
    name = "transition",
    block = Transition.class,
    filters = 10,
    pool = @Pool(value = AVERAGE, name = "pool", size = 2))
@Stage(name = "dense2.layer{number}", block = DenseLayer.class, filters = 4, repeat = 2)
@Tail(batchNorm = "norm")
@Head(pool = @Pool(value = GLOBAL_AVERAGE, name = "average"))
interface Growing {}

@Block(shortcut = CONCATENATION, preActivation = "norm1", preActivationName = "relu1")
@ConvBn(
    name = "conv1",
    normName = "norm2",
    activationName = "relu2",
    kernel = 1,
    filters = 16,
    bias = false)
@ConvBn(
    name = "conv2",
    kernel = 3,
    filtersAt = 0,
    padding = SAME,
    bias = false,
    batchNorm = false)
interface DenseLayer {}

@Block(shortcut = Shortcut.NONE, preActivation = "norm", preActivationName = "relu")
@ConvBn(
    name = "conv",
    kernel = 1,
    filtersAt = 0,
    bias = false,
    batchNorm = false)
interface Transition {}
