package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.HARD_SIGMOID;
import static dev.lanewise.spec.Activation.HARD_SWISH;
import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Shortcut.IDENTITY_IF_SHAPE_STAYS;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Gate;
import dev.lanewise.spec.Kernel;
import dev.lanewise.spec.Pad;

/** {@link MobileSwishBlock3} with a gate, and a window of the stage's size. */
@Block(shortcut = IDENTITY_IF_SHAPE_STAYS, activation = NONE)
@ConvBn(
    name = "block.0.0",
    normName = "block.0.1",
    kernel = 1,
    filtersAt = 0,
    bias = false,
    activation = HARD_SWISH)
@ConvBn(
    name = "block.1.0",
    normName = "block.1.1",
    kernel = Kernel.OF_STAGE,
    depthMultiplier = 1,
    stride = OF_BLOCK,
    padding = EXPLICIT,
    pad = Pad.HALF,
    bias = false,
    activation = HARD_SWISH,
    gate =
        @Gate(
            reduce = "block.2.fc1",
            expand = "block.2.fc2",
            squeeze = "block.2.avgpool",
            multiply = "block.2.scale",
            multipleOf = 8,
            function = HARD_SIGMOID))
@ConvBn(name = "block.3.0", normName = "block.3.1", kernel = 1, filtersAt = 1, bias = false)
public interface MobileGatedSwishBlock {}
