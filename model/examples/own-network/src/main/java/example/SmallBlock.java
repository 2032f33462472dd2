package example;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.PROJECTION_IF_SHAPE_CHANGES;
import static dev.lanewise.spec.Stride.OF_BLOCK;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/** Two convolutions of 3x3 beside a shortcut. */
@Block(
    shortcut = PROJECTION_IF_SHAPE_CHANGES,
    projection = @ConvBn(name = "1", kernel = 1, filtersAt = 1, stride = OF_BLOCK))
@ConvBn(name = "2a", kernel = 3, filtersAt = 0, padding = SAME, stride = OF_BLOCK)
@ConvBn(name = "2b", kernel = 3, filtersAt = 1, padding = SAME)
public interface SmallBlock {}
