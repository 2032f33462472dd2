package good;

import dev.lanewise.spec.*;

/** A dropout of the last map, without a pooling. */
@Network
@Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 5, padding = Padding.SAME))
@Stage(name = "2", block = HeadsOfMapsRow.class, filters = 6)
@Head(hidden = @Dense(name = "fc1", units = 8, dropout = 0.5), dense = "predictions")
interface HeadsOfMaps {}

@Block(shortcut = Shortcut.NONE)
@ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME)
interface HeadsOfMapsRow {}
