package dev.lanewise.formats.onnx;

import dev.lanewise.spec.Activation;
import java.util.List;

/** Activations as nodes. */
final class Activations {

  private Activations() {}

  /** Adds a function of a value and returns the name of the result. */
  static String add(GraphWriter writer, Activation function, String name, String value) {
    return switch (function) {
      case NONE -> value;
      case RELU -> writer.node("Relu", name, List.of(value));
      case LEAKY_RELU ->
          writer.node(
              "LeakyRelu", name, List.of(value), Attributes.real("alpha", Activation.LEAKY_SLOPE));
      case RELU6 -> {
        String least = writer.tensor(name + "_least", List.of(), new float[] {0});
        String most = writer.tensor(name + "_most", List.of(), new float[] {6});
        yield writer.node("Clip", name, List.of(value, least, most));
      }
      case SILU -> {
        String gate = writer.node("Sigmoid", name + "_gate", List.of(value));
        yield writer.node("Mul", name, List.of(value, gate));
      }
    };
  }
}
