package dev.lanewise.layer;

/**
 * What all layers have: a name, and whether training leaves them as they are. A layer is a
 * definition: passes over it hold what they work with themselves.
 */
public abstract class Layer {
  private final String name;
  private boolean frozen;

  Layer(String name) {
    this.name = name;
  }

  /** {@return the layer's name} */
  public final String name() {
    return name;
  }

  /** {@return whether the layer's parameters and statistics stay as they are in training} */
  public final boolean frozen() {
    return frozen;
  }

  final void setFrozen(boolean frozen) {
    this.frozen = frozen;
  }

  /** Returns whether the layer has parameters that gradients may train. */
  boolean trainable() {
    return false;
  }
}
