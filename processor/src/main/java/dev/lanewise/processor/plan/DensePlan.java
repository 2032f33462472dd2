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
 * @param bnName name of the normalisation that follows; null for none
 * @param activation what follows that; NONE of the last
 * @param dropout rate of the dropout; 0 for none
 */
public record DensePlan(
    String id,
    NamePattern name,
    int units,
    NamePattern bnName,
    Activation activation,
    double dropout) {
  /** Returns the dense layer: {@code dense1}. */
  public Layer layer() {
    return new Layer(LayerType.DENSE, "dense" + id);
  }

  /** Returns whether a normalisation follows. */
  public boolean normalized() {
    return bnName != null;
  }

  /** Returns the normalisation, {@code bn1}; there is one where {@link #normalized} says so. */
  public Layer bn() {
    return new Layer(LayerType.BATCH_NORM, "bn" + id);
  }

  /** Returns the layer whose result the activation follows. */
  Layer result() {
    return normalized() ? bn() : layer();
  }

  /** Returns the dropout, {@code dropout1}; there is one where {@link #drops} says so. */
  public Layer dropoutLayer() {
    return new Layer(LayerType.DROPOUT, "dropout" + id);
  }

  /** Returns whether values that the layer reads are left out in training. */
  public boolean drops() {
    return dropout > 0;
  }

  /** Returns whether what the layer writes is activated already. */
  boolean storesActivated() {
    return !normalized() && activation.resultTellsDerivative();
  }

  /** Returns the activation with which the result is stored; NONE where it is read activated. */
  Activation stored() {
    return storesActivated() ? activation : Activation.NONE;
  }
}
