package dev.lanewise.processor.spec;

import dev.lanewise.spec.Activation;

/**
 * The normalisation and the activation with which a block begins.
 *
 * @param name what the normalisation is called after
 * @param activationName what the activation is called after
 * @param function the activation
 */
public record PreActivationSpec(String name, String activationName, Activation function) {
  /** Returns the number of its layers. */
  public int layers() {
    return function == Activation.NONE ? 1 : 2;
  }
}
