package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_SHAPE_CHANGES;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/**
 * The block of two 3x3 of Zagoruyko and Komodakis, "Wide Residual Networks" (BMVC 2016), figure 1,
 * without dropout.
 */
@Block(
    preActivation = "0",
    shortcut = PROJECTION_IF_SHAPE_CHANGES,
    projection =
        @ConvBn(
            name = "shortcut",
            kernel = 1,
            filtersAt = 0,
            stride = OF_BLOCK,
            bias = false,
            batchNorm = false))
@ConvBn(name = "1", kernel = 3, filtersAt = 0, stride = OF_BLOCK, padding = SAME, bias = false)
@ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = SAME, bias = false, batchNorm = false)
public interface WideBasicBlock {}
