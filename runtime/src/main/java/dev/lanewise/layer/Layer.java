package dev.lanewise.layer;

/**
 * What all layers have: a name, and how much of the backward pass is wanted of them.
 *
 * <p>A frozen layer's parameters stay as they are, so their gradients are not formed. Where nothing
 * that makes a layer's input is trained, no one reads the input's gradient, and it is not formed
 * either: its array then holds what it held before.
 */
public abstract class Layer {
  private final String name;
  private boolean frozen;
  private boolean inputTrained = true;

  Layer(String name) {
    this.name = name;
  }

  /** Returns the layer's name. */
  public final String name() {
    return name;
  }

  /** Returns whether the layer's parameters and statistics stay as they are in training. */
  public final boolean frozen() {
    return frozen;
  }

  final void setFrozen(boolean frozen) {
    this.frozen = frozen;
  }

  /** Returns whether anything is trained that the input depends on. */
  final boolean inputTrained() {
    return inputTrained;
  }

  final void setInputTrained(boolean inputTrained) {
    this.inputTrained = inputTrained;
  }
}
