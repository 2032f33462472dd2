package dev.lanewise.model.network;

import static dev.lanewise.spec.Activation.RELU6;
import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Shortcut.IDENTITY_IF_SHAPE_STAYS;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/** {@link TorchInvertedResidual} that does not widen what it reads. */
@Block(shortcut = IDENTITY_IF_SHAPE_STAYS, activation = Activation.NONE)
@ConvBn(
    name = "0.0",
    normName = "0.1",
    kernel = 3,
    depthMultiplier = 1,
    stride = OF_BLOCK,
    padding = EXPLICIT,
    pad = 1,
    bias = false,
    activation = RELU6)
@ConvBn(name = "1", normName = "2", kernel = 1, filtersAt = 0, bias = false)
public interface TorchSeparable {}
