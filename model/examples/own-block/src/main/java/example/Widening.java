package example;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.IDENTITY_IF_SHAPE_STAYS;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Gate;

/** Widens what it reads, looks at each channel by itself, weighs the channels, and narrows. */
@Block(shortcut = IDENTITY_IF_SHAPE_STAYS, activation = Activation.NONE)
@ConvBn(name = "widen", kernel = 1, expansion = 4, bias = false, activation = Activation.RELU6)
@ConvBn(
    name = "depthwise",
    kernel = 3,
    depthMultiplier = 1,
    stride = OF_BLOCK,
    padding = SAME,
    bias = false,
    activation = Activation.RELU6,
    gate = @Gate(reduce = "squeeze", expand = "excite"))
@ConvBn(name = "narrow", kernel = 1, filtersAt = 0, bias = false)
public interface Widening {}
