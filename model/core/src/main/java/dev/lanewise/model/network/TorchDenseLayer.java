package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Shortcut.CONCATENATION;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/** DenseNet-B's layer: section 3 of Huang et al. (2017), as torchvision writes it. */
@Block(shortcut = CONCATENATION, preActivation = "norm1", preActivationName = "relu1")
@ConvBn(
    name = "conv1",
    normName = "norm2",
    activationName = "relu2",
    kernel = 1,
    filters = 128,
    bias = false)
@ConvBn(
    name = "conv2",
    kernel = 3,
    filtersAt = 0,
    padding = EXPLICIT,
    pad = 1,
    bias = false,
    batchNorm = false)
public interface TorchDenseLayer {}
