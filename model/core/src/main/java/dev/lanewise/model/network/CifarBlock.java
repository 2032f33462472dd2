package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_SHAPE_CHANGES;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/**
 * The block of two 3x3 of He et al. (2015), section 4.2, as Keras's example {@code
 * cifar10_resnet.py} writes it: the projection has no normalisation.
 */
@Block(
    shortcut = PROJECTION_IF_SHAPE_CHANGES,
    shortcutFirst = true,
    projection =
        @ConvBn(name = "0", kernel = 1, filtersAt = 0, stride = OF_BLOCK, batchNorm = false))
@ConvBn(name = "1", kernel = 3, filtersAt = 0, stride = OF_BLOCK, padding = SAME)
@ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = SAME)
public interface CifarBlock {}
