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

/** {@link EfficientBlock} that does not widen what it reads. */
@Block(shortcut = IDENTITY_IF_SHAPE_STAYS, activation = NONE)
@ConvBn(
    name = "block.0.0",
    normName = "block.0.1",
    kernel = Kernel.OF_STAGE,
    depthMultiplier = 1,
    stride = OF_BLOCK,
    padding = EXPLICIT,
    pad = Pad.HALF,
    bias = false,
    activation = SILU,
    gate =
        @Gate(
            reduce = "block.1.fc1",
            expand = "block.1.fc2",
            squeeze = "block.1.avgpool",
            multiply = "block.1.scale",
            of = BLOCK_INPUT,
            activation = SILU))
@ConvBn(name = "block.2.0", normName = "block.2.1", kernel = 1, filtersAt = 0, bias = false)
public interface EfficientSeparable {}
