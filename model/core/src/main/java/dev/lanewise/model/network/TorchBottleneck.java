package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_SHAPE_CHANGES;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/**
 * The bottleneck block of He et al. (2015), figure 5, as torchvision writes it (v1.5): the stride
 * is on the 3x3.
 */
@Block(
    shortcut = PROJECTION_IF_SHAPE_CHANGES,
    projection =
        @ConvBn(name = "downsample", kernel = 1, filtersAt = 1, stride = OF_BLOCK, bias = false))
@ConvBn(name = "1", kernel = 1, filtersAt = 0, bias = false)
@ConvBn(
    name = "2",
    kernel = 3,
    filtersAt = 0,
    stride = OF_BLOCK,
    padding = EXPLICIT,
    pad = 1,
    bias = false)
@ConvBn(name = "3", kernel = 1, filtersAt = 1, bias = false)
public interface TorchBottleneck {}
