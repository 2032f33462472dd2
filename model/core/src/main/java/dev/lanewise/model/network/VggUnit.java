package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.RELU;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.NONE;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/** A convolution of 3x3 and a ReLU, of which VGG's stages are made. */
@Block(shortcut = NONE)
@ConvBn(
    name = "conv",
    kernel = 3,
    filtersAt = 0,
    padding = SAME,
    batchNorm = false,
    activation = RELU)
public interface VggUnit {}
