package dev.lanewise.model.network;

import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.NONE;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;

/** {@link VggUnit} with batch normalisation. */
@Block(shortcut = NONE)
@ConvBn(name = "conv", kernel = 3, filtersAt = 0, padding = SAME)
public interface VggNormalizedUnit {}
