package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Layer;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.spec.Activation;

/**
 * A dense layer of the head, and the dropout in front of it.
 *
 * @param id what completes the names of its variables: a number, or nothing for the last
 * @param name the layer's name
 * @param units number of outputs; 0 for that of the classes
 * @param activation what follows; NONE of the last
 * @param dropout rate of the dropout; 0 for none
 */
public record DensePlan(
    String id, NamePattern name, int units, Activation activation, double dropout) {
  /** Returns the dense layer: {@code dense1}. */
  public Layer layer() {
    return new Layer(LayerType.DENSE, "dense" + id);
  }

  /** Returns the dropout, {@code dropout1}; there is one where {@link #drops} says so. */
  public Layer dropoutLayer() {
    return new Layer(LayerType.DROPOUT, "dropout" + id);
  }

  /** Returns whether values that the layer reads are left out in training. */
  public boolean drops() {
    return dropout > 0;
  }

  /** Returns the activation with which the result is stored; NONE where it is read activated. */
  Activation stored() {
    return activation.resultTellsDerivative() ? activation : Activation.NONE;
  }
}
