package good;

import dev.lanewise.spec.*;

/** A sequence without shortcuts or poolings. */
@Network(channels = 1, batchNorm = @BatchNorm(momentum = 0.9, epsilon = 1e-5))
@Stem(conv = @ConvBn(name = "first", kernel = 3, filters = 5, bias = false))
@Stage(name = "a", block = Pair.class, filters = {6, 7}, repeat = 2, stride = 2)
@Stage(name = "b", block = Single.class)
@Head
interface Plain {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "wide", kernel = {3, 1}, filtersAt = 0, stride = Stride.OF_BLOCK)
@ConvBn(name = "flat", kernel = {1, 3}, filtersAt = 1, activation = Activation.NONE)
interface Pair {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "only", kernel = 1, filters = 3, stride = {2, 1})
interface Single {}
