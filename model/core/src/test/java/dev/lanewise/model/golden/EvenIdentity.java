package dev.lanewise.model.golden;

import static dev.lanewise.spec.Padding.SAME;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Shortcut;

/** The tutorials' identity block with f = 2: an even kernel, padded more at the end. */
@Block(shortcut = Shortcut.IDENTITY)
@ConvBn(name = "2a", kernel = 1, filtersAt = 0)
@ConvBn(name = "2b", kernel = 2, filtersAt = 1, padding = SAME)
@ConvBn(name = "2c", kernel = 1, filtersAt = 2)
interface EvenIdentity {}
