package dev.lanewise.processor.spec;

import dev.lanewise.spec.Pool;
import dev.lanewise.tensor.Window;

/**
 * A pooling, or none.
 *
 * @param kind what is taken of each window
 * @param name the layer's name; empty for none
 * @param window the window; null for none and for a global pooling
 */
public record PoolSpec(Pool.Kind kind, String name, Window window) {}
