package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.SILU;
import static dev.lanewise.spec.Gate.Of.BLOCK_INPUT;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.IDENTITY_IF_SHAPE_STAYS;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Gate;
import dev.lanewise.spec.Kernel;

/**
 * The block of EfficientNet as {@code keras.applications} has it; its stage says how large its
 * window is.
 */
@Block(shortcut = IDENTITY_IF_SHAPE_STAYS, activation = NONE)
@ConvBn(
    name = "expand_conv",
    normName = "expand_bn",
    activationName = "expand_activation",
    kernel = 1,
    expansion = 6,
    bias = false,
    activation = SILU)
@ConvBn(
    name = "dwconv",
    normName = "bn",
    activationName = "activation",
    kernel = Kernel.OF_STAGE,
    depthMultiplier = 1,
    stride = OF_BLOCK,
    padding = SAME,
    bias = false,
    activation = SILU,
    gate =
        @Gate(
            reduce = "se_reduce",
            expand = "se_expand",
            squeeze = "se_squeeze",
            reshape = "se_reshape",
            multiply = "se_excite",
            of = BLOCK_INPUT,
            activation = SILU))
@ConvBn(name = "project_conv", normName = "project_bn", kernel = 1, filtersAt = 0, bias = false)
public interface KerasEfficientBlock {}
