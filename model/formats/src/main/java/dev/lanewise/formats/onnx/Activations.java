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
      case GELU -> gelu(writer, name, value);
      case SIGMOID -> writer.node("Sigmoid", name, List.of(value));
      case TANH -> writer.node("Tanh", name, List.of(value));
      case HARD_SIGMOID -> hardSigmoid(writer, name, value);
      case HARD_SWISH -> {
        String gate = hardSigmoid(writer, name + "_gate", value);
        yield writer.node("Mul", name, List.of(value, gate));
      }
    };
  }

  private static String hardSigmoid(GraphWriter writer, String name, String value) {
    return writer.node(
        "HardSigmoid",
        name,
        List.of(value),
        Attributes.real("alpha", 1 / 6.0),
        Attributes.real("beta", 0.5));
  }

  /** By its formula: the operator Gelu came with version 20. */
  private static String gelu(GraphWriter writer, String name, String value) {
    String root = writer.tensor(name + "_root", List.of(), new float[] {(float) Math.sqrt(2)});
    String one = writer.tensor(name + "_one", List.of(), new float[] {1});
    String half = writer.tensor(name + "_half", List.of(), new float[] {0.5f});
    String scaled = writer.node("Div", name + "_scaled", List.of(value, root));
    String erf = writer.node("Erf", name + "_erf", List.of(scaled));
    String sum = writer.node("Add", name + "_sum", List.of(erf, one));
    String gate = writer.node("Mul", name + "_gate", List.of(sum, half));
    return writer.node("Mul", name, List.of(value, gate));
  }
}
