package bad;

import dev.lanewise.spec.*;

@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
@Stage(name = "2", block = Sum.class, filters = 8, repeat = 3, stride = 2, strideAt = Stage.StrideAt.LAST)
@Head
interface Net {}

@Block(
    shortcut = Shortcut.PROJECTION_IF_CHANNELS_CHANGE,
    projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0, stride = Stride.OF_BLOCK))
@ConvBn(name = "1", kernel = 2, filtersAt = 0, stride = Stride.OF_BLOCK) // error: map of unit '1' of Sum: requires as many rows from the units as from the shortcut, got 14 from the units and 15 from the shortcut for a map of 15 rows, and no size makes them equal; did you mean padding = Padding.SAME?
interface Sum {}
