package dev.lanewise.network;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds out how far down a backward pass must go. */
final class GradientFlow {
  private GradientFlow() {}

  /**
   * Returns the names of the layers whose input depends on anything that is trained: the gradient
   * of their input is wanted, and of no other.
   *
   * @param layers each behind those that it reads
   */
  static Set<String> inputTrained(List<LayerInfo> layers) {
    Set<String> inputTrained = new HashSet<>();
    Set<String> outputTrained = new HashSet<>();
    for (LayerInfo layer : layers) {
      boolean input = layer.inputs().stream().anyMatch(outputTrained::contains);
      if (input) {
        inputTrained.add(layer.name());
      }
      if (input || layer.trainable() > 0) {
        outputTrained.add(layer.name());
      }
    }
    return inputTrained;
  }
}
