package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_SHAPE_CHANGES;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/**
 * The bottleneck block of He et al. (2015) as {@code keras.applications} writes it: the stride is
 * on the first 1x1.
 */
@Block(
    shortcut = PROJECTION_IF_SHAPE_CHANGES,
    shortcutFirst = true,
    projection = @ConvBn(name = "0", kernel = 1, filtersAt = 1, stride = OF_BLOCK))
@ConvBn(name = "1", kernel = 1, filtersAt = 0, stride = OF_BLOCK)
@ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = SAME)
@ConvBn(name = "3", kernel = 1, filtersAt = 1)
public interface KerasBottleneck {}
