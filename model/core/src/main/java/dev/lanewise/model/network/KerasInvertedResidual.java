package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.RELU6;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.IDENTITY_IF_SHAPE_STAYS;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/** The inverted residual block of Sandler et al. (2018), figure 4, as Keras writes it. */
@Block(shortcut = IDENTITY_IF_SHAPE_STAYS, activation = Activation.NONE)
@ConvBn(
    name = "expand",
    normName = "expand_BN",
    activationName = "expand_relu",
    kernel = 1,
    expansion = 6,
    bias = false,
    activation = RELU6)
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
public interface KerasInvertedResidual {}
