package dev.lanewise.benchmarks.block;

import dev.lanewise.layer.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parameters by the names of layer and array, and their gradients. */
final class BlockParameters {
  private final Map<String, Parameter> byName = new HashMap<>();

  private final float[] gradients;

  /**
   * Takes parameters.
   *
   * @param gradients array for their gradients, indexed as the parameters
   */
  BlockParameters(List<Parameter> parameters, float[] gradients) {
    this.gradients = gradients;
    for (Parameter parameter : parameters) {
      byName.put(parameter.layer() + "/" + parameter.name(), parameter);
    }
  }

  /** Returns a parameter's values, in Keras's layout. */
  float[] values(String layer, String name) {
    return parameter(layer, name).values();
  }

  /** Overwrites the values of the parameters that the other has too. */
  void copyFrom(BlockParameters other) {
    byName.forEach((name, parameter) -> parameter.setValues(other.byName.get(name).values()));
  }

  /** Returns the array of the gradients. */
  float[] gradients() {
    return gradients;
  }

  /** Returns a parameter's gradient, in Keras's layout. */
  float[] gradient(String layer, String name) {
    return parameter(layer, name).valuesIn(gradients);
  }

  private Parameter parameter(String layer, String name) {
    return byName.get(layer + "/" + name);
  }
}
