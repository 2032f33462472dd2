package good;

import static dev.lanewise.spec.Padding.*;
import static dev.lanewise.spec.Pool.Kind.*;
import static dev.lanewise.spec.Shortcut.*;
import static dev.lanewise.spec.Stride.*;

import dev.lanewise.spec.*;

@Network(names = @Names(conv = "{stage}.{index}.{unit}", batchNorm = "{stage}.{index}.{unit}.bn"))
@Stem(conv = @ConvBn(name = "stem", kernel = 3, filters = 8, padding = SAME))
@Stage(name = "2", block = Excited.class, filters = {8, 32}, repeat = 2, stride = 2)
@Stage(name = "3", block = Loose.class, filters = 24)
@Head(pool = @Pool(value = GLOBAL_AVERAGE, name = "pool"))
interface GatedSums {}

@Block(
    shortcut = PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "down", kernel = 1, filtersAt = 1),
    projectionPool = "pooled")
@ConvBn(name = "conv1", kernel = 3, filtersAt = 0, stride = OF_BLOCK, padding = SAME)
@ConvBn(
    name = "conv2",
    kernel = 1,
    filtersAt = 1,
    gate = @Gate(reduce = "fc1", expand = "fc2", reduction = 16))
interface Excited {}

@Block(shortcut = IDENTITY_IF_SHAPE_STAYS, activation = Activation.SILU)
@ConvBn(
    name = "conv1",
    kernel = 3,
    filtersAt = 0,
    padding = SAME,
    batchNorm = false,
    gate = @Gate(reduce = "fc1", expand = "fc2"))
interface Loose {}
