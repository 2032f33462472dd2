package dev.lanewise.model.network;

import static dev.lanewise.spec.Initializer.Kind.RANDOM_UNIFORM;
import static dev.lanewise.spec.Padding.SAME;
import static dev.lanewise.spec.Shortcut.IDENTITY;

import dev.lanewise.spec.Block;
import dev.lanewise.spec.ConvBn;
import dev.lanewise.spec.Initializer;

/**
 * The identity block of the tutorials that start its kernels by Keras's {@code random_uniform},
 * between -0.05 and 0.05: a {@link Bottleneck} otherwise.
 */
@Block(shortcut = IDENTITY, initializer = @Initializer(RANDOM_UNIFORM))
@ConvBn(name = "2a", kernel = 1, filtersAt = 0)
@ConvBn(name = "2b", kernel = 3, filtersAt = 1, padding = SAME)
@ConvBn(name = "2c", kernel = 1, filtersAt = 2)
public interface UniformBottleneck {}
