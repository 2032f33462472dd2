package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_SHAPE_CHANGES;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/** {@link TorchBottleneck} with a 3x3 in 32 groups (Xie et al., CVPR 2017, figure 3c). */
@Block(
    shortcut = PROJECTION_IF_SHAPE_CHANGES,
    projection =
        @ConvBn(name = "downsample", kernel = 1, filtersAt = 1, stride = OF_BLOCK, bias = false))
@ConvBn(name = "1", kernel = 1, filtersAt = 0, bias = false)
@ConvBn(
    name = "2",
    kernel = 3,
    filtersAt = 0,
    groups = 32,
    stride = OF_BLOCK,
    padding = EXPLICIT,
    pad = 1,
    bias = false)
@ConvBn(name = "3", kernel = 1, filtersAt = 1, bias = false)
public interface TorchGroupedBottleneck {}
