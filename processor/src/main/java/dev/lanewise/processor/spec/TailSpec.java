package dev.lanewise.processor.spec;

import dev.lanewise.spec.Activation;
import java.util.List;

/**
 * Units, or a normalisation and an activation, between the stages and the head.
 *
 * @param units the units; empty where there is a normalisation
 * @param batchNorm the normalisation's name
 * @param activation the activation's name; empty for Keras's numbers
 * @param function the activation
 */
public record TailSpec(
    List<UnitSpec> units, String batchNorm, String activation, Activation function) {
  /** Copies the list. */
  public TailSpec {
    units = List.copyOf(units);
  }
}
