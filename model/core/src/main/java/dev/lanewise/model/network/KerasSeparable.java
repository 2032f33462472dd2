package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.RELU6;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.IDENTITY_IF_SHAPE_STAYS;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/** {@link KerasInvertedResidual} that does not widen what it reads. */
@Block(shortcut = IDENTITY_IF_SHAPE_STAYS, activation = Activation.NONE)
@ConvBn(
    name = "depthwise",
    normName = "depthwise_BN",
    activationName = "depthwise_relu",
    kernel = 3,
    depthMultiplier = 1,
    stride = OF_BLOCK,
    padding = SAME,
    bias = false,
    activation = RELU6)
@ConvBn(name = "project", normName = "project_BN", kernel = 1, filtersAt = 0, bias = false)
public interface KerasSeparable {}
