package good;

import static dev.lanewise.spec.Padding.*;
import static dev.lanewise.spec.Pool.Kind.*;
import static dev.lanewise.spec.Shortcut.*;
import static dev.lanewise.spec.Stride.*;

import dev.lanewise.spec.*;

@Network(names = @Names(conv = "{stage}.{unit}", batchNorm = "{stage}.{unit}.bn"))
@Stem(conv = @ConvBn(name = "stem", kernel = 3, filters = 8, padding = EXPLICIT, pad = Pad.HALF))
@EachStage(
    names = "row.{ordinal}",
    blocks = Widening.class,
    filters = {8, 12, 16},
    repeats = {1, 2, 2},
    strides = {1, 2, 2},
    kernels = {3, 5, 3},
    expansions = {1, 4, 6})
@Tail(conv = @ConvBn(name = "last", kernel = 1, filters = 32))
@Head(pool = @Pool(value = GLOBAL_AVERAGE, name = "average"))
interface Rows {}

@Block(shortcut = IDENTITY_IF_SHAPE_STAYS, activation = Activation.NONE)
@ConvBn(name = "1", kernel = 1, expansion = Expansion.OF_STAGE)
@ConvBn(
    name = "2",
    kernel = Kernel.OF_STAGE,
    depthMultiplier = 1,
    stride = OF_BLOCK,
    padding = EXPLICIT,
    pad = Pad.HALF)
@ConvBn(name = "3", kernel = 1, filtersAt = 0)
interface Widening {}
