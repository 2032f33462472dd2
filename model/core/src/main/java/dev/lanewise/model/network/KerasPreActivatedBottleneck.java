package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_CHANNELS_CHANGE;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/**
 * The bottleneck block of He et al., "Identity Mappings in Deep Residual Networks" (2016), as
 * {@code keras.applications} writes it: the stride is on the 3x3.
 */
@Block(
    preActivation = "preact",
    shortcut = PROJECTION_IF_CHANNELS_CHANGE,
    shortcutFirst = true,
    projection =
        @ConvBn(name = "0", kernel = 1, filtersAt = 1, stride = OF_BLOCK, batchNorm = false))
@ConvBn(name = "1", kernel = 1, filtersAt = 0, bias = false)
@ConvBn(
    name = "2",
    kernel = 3,
    filtersAt = 0,
    stride = OF_BLOCK,
    padding = EXPLICIT,
    pad = 1,
    bias = false)
@ConvBn(name = "3", kernel = 1, filtersAt = 1, batchNorm = false)
public interface KerasPreActivatedBottleneck {}
