package dev.lanewise.processor.spec;

import dev.lanewise.spec.Pool;
import dev.lanewise.tensor.Window;

/**
 * A pooling, or none.
 *
 * @param kind what is taken of each window
 * @param name the layer's name; empty for none
 * @param window the window; null for none and for a global pooling
 * @param zeros whether padded places count as zeros in a maximum
 * @param padName name of the zero padding; empty for Keras's numbers
 */
public record PoolSpec(Pool.Kind kind, String name, Window window, boolean zeros, String padName) {
  /** A pooling that is not there. */
  public static final PoolSpec NONE = new PoolSpec(Pool.Kind.NONE, "", null, false, "");
}
