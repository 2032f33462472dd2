package dev.lanewise.model;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Padding;
import dev.lanewise.spec.Shortcut;
import dev.lanewise.spec.Stride;

/** A residual block that is trained in milliseconds. */
@Block(
    shortcut = Shortcut.PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 1, stride = Stride.OF_BLOCK))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK)
@ConvBn(name = "2b", kernel = 3, filtersAt = 1, padding = Padding.SAME)
public interface TinyBlock {}
