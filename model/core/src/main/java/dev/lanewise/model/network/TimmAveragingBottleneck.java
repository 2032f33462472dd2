package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.EXPLICIT;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_SHAPE_CHANGES;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/** ResNet-D's bottleneck: figure 2c of He et al. (2019), as timm writes it. */
@Block(
    shortcut = PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "downsample.1", kernel = 1, filtersAt = 1, bias = false),
    projectionPool = "downsample.0")
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
@ConvBn(name = "conv3", normName = "bn3", kernel = 1, filtersAt = 1, bias = false)
public interface TimmAveragingBottleneck {}
