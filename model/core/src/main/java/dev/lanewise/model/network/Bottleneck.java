package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_SHAPE_CHANGES;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/**
 * The bottleneck block of He et al., "Deep Residual Learning for Image Recognition" (2015), figure
 * 5: 1x1 to few channels, 3x3, 1x1 to many. As in Keras the stride is on the first 1x1.
 */
@Block(
    shortcut = PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 2, stride = OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = OF_BLOCK)
@ConvBn(name = "2b", kernel = 3, filtersAt = 1, padding = SAME)
@ConvBn(name = "2c", kernel = 1, filtersAt = 2)
public interface Bottleneck {}
