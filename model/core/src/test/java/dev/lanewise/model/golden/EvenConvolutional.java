package dev.lanewise.model.golden;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Shortcut;

/** The tutorials' convolutional block with f = 2. */
@Block(
    shortcut = Shortcut.PROJECTION,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 2, stride = OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = OF_BLOCK)
@ConvBn(name = "2b", kernel = 2, filtersAt = 1, padding = SAME)
@ConvBn(name = "2c", kernel = 1, filtersAt = 2)
interface EvenConvolutional {}
