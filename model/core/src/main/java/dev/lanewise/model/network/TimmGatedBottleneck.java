package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_SHAPE_CHANGES;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Gate;

/**
 * A bottleneck whose sum is gated: figure 3 of Hu, Shen and Sun (2018), as timm writes it, with the
 * stride on the 3x3.
 */
@Block(
    shortcut = PROJECTION_IF_SHAPE_CHANGES,
    projection =
        @ConvBn(name = "downsample", kernel = 1, filtersAt = 1, stride = OF_BLOCK, bias = false))
@ConvBn(name = "conv1", normName = "bn1", kernel = 1, filtersAt = 0, bias = false)
@ConvBn(
    name = "conv2",
    normName = "bn2",
    kernel = 3,
    filtersAt = 0,
    stride = OF_BLOCK,
    padding = EXPLICIT,
    pad = 1,
    bias = false)
@ConvBn(
    name = "conv3",
    normName = "bn3",
    kernel = 1,
    filtersAt = 1,
    bias = false,
    gate = @Gate(reduce = "se.fc1", expand = "se.fc2", reduction = 16, multipleOf = 8))
public interface TimmGatedBottleneck {}
