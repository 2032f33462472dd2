package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.CONCATENATION;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/** DenseNet-B's layer: section 3 of Huang et al. (2017), as {@code keras.applications} has it. */
@Block(shortcut = CONCATENATION, preActivation = "0_bn", preActivationName = "0_relu")
@ConvBn(
    name = "1_conv",
    normName = "1_bn",
    activationName = "1_relu",
    kernel = 1,
    filters = 128,
    bias = false)
@ConvBn(name = "2_conv", kernel = 3, filtersAt = 0, padding = SAME, bias = false, batchNorm = false)
public interface KerasDenseLayer {}
