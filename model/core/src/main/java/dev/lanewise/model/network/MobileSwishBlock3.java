package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.HARD_SWISH;
import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Shortcut.IDENTITY_IF_SHAPE_STAYS;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/** {@link MobileBlock3} with hard swish. */
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
    kernel = 3,
    depthMultiplier = 1,
    stride = OF_BLOCK,
    padding = EXPLICIT,
    pad = 1,
    bias = false,
    activation = HARD_SWISH)
@ConvBn(name = "block.2.0", normName = "block.2.1", kernel = 1, filtersAt = 1, bias = false)
public interface MobileSwishBlock3 {}
