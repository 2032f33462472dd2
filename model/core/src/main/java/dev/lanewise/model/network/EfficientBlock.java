package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.SILU;
import static dev.lanewise.spec.Gate.Of.BLOCK_INPUT;
import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Shortcut.IDENTITY_IF_SHAPE_STAYS;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Gate;
import dev.lanewise.spec.Kernel;
import dev.lanewise.spec.Pad;

/** The block of EfficientNet as torchvision writes it; its stage says how large its window is. */
@Block(shortcut = IDENTITY_IF_SHAPE_STAYS, activation = NONE)
@ConvBn(
    name = "block.0.0",
    normName = "block.0.1",
    kernel = 1,
    expansion = 6,
    bias = false,
    activation = SILU)
@ConvBn(
    name = "block.1.0",
    normName = "block.1.1",
    kernel = Kernel.OF_STAGE,
    depthMultiplier = 1,
    stride = OF_BLOCK,
    padding = EXPLICIT,
    pad = Pad.HALF,
    bias = false,
    activation = SILU,
    gate =
        @Gate(
            reduce = "block.2.fc1",
            expand = "block.2.fc2",
            squeeze = "block.2.avgpool",
            multiply = "block.2.scale",
            of = BLOCK_INPUT,
            activation = SILU))
@ConvBn(name = "block.3.0", normName = "block.3.1", kernel = 1, filtersAt = 0, bias = false)
public interface EfficientBlock {}
