package dev.lanewise.formats.onnx;

import dev.lanewise.formats.io.FormatException;
import dev.lanewise.onnx.AttributeProto;
import dev.lanewise.onnx.GraphProto;
import dev.lanewise.onnx.NodeProto;
import dev.lanewise.onnx.TensorProto;
import dev.lanewise.onnx.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The operations of a graph, of which only those with weights and the joins of maps count. */
final class Operations {
  /** What has neither weights nor a second map: the way goes on through its first input. */
  private static final Set<String> PASSED =
      Set.of(
          "AveragePool",
          "Cast",
          "Clip",
          "Dropout",
          "Flatten",
          "Gather",
          "GlobalAveragePool",
          "HardSigmoid",
          "HardSwish",
          "Identity",
          "LeakyRelu",
          "MaxPool",
          "Pad",
          "ReduceMean",
          "Relu",
          "Reshape",
          "Sigmoid",
          "Softmax",
          "Squeeze",
          "Tanh",
          "Transpose",
          "Unsqueeze");

  private final Map<String, NodeProto> makers = new HashMap<>();
  private final Map<String, TensorProto> tensors = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Set<String> inputs = new HashSet<>();
  private final String output;

  /** An operation that counts; none where the images are reached. */
  record Found(NodeProto node, boolean channelsLast) {
    boolean isInput() {
      return node == null;
    }

    String type() {
      return node == null ? "the input" : node.getOpType();
    }
  }

  /**
   * Reads a graph.
   *
   * @throws FormatException where it has no output, or goes in circles
   */
  Operations(GraphProto graph) {
    for (TensorProto tensor : graph.getInitializerList()) {
      tensors.put(tensor.getName(), tensor);
    }
    graph.getNodeList().forEach(node -> node.getOutputList().forEach(v -> makers.put(v, node)));
    for (NodeProto node : NodeOrder.of(graph, makers)) {
      for (String value : Set.copyOf(node.getInputList())) {
        readers.computeIfAbsent(value, key -> new ArrayList<>()).add(node);
      }
      if (node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
        for (AttributeProto attribute : node.getAttributeList()) {
          if (attribute.getName().equals("value")) {
            tensors.put(node.getOutput(0), attribute.getT());
          }
        }
      } else if (node.getOpType().equals("Identity") && node.getInputCount() > 0) {
        // What it reads stands before it, so chains of any length are followed once.
        TensorProto handedOn = tensors.get(node.getInput(0));
        if (handedOn != null) {
          node.getOutputList().forEach(value -> tensors.put(value, handedOn));
        }
      }
    }
    for (ValueInfoProto input : graph.getInputList()) {
      // Files of before 2019 list tensors among the inputs.
      if (!tensors.containsKey(input.getName())) {
        inputs.add(input.getName());
      }
    }
    if (graph.getOutputCount() == 0) {
      throw new FormatException("its graph has no output");
    }
    output = graph.getOutput(0).getName();
  }

  String output() {
    return output;
  }

  /** Returns what messages call a node. */
  static String label(NodeProto node) {
    return node.getName().isEmpty() && node.getOutputCount() > 0
        ? node.getOutput(0)
        : node.getName();
  }

  /** Returns whether a value is what the graph is given. */
  boolean isInput(String value) {
    return inputs.contains(value);
  }

  /** Returns the tensor of a value, also where nodes only hand it on; null where it is none. */
  TensorProto tensor(String value) {
    return tensors.get(value);
  }

  /**
   * Returns the operation that counts which a value comes from.
   *
   * @throws IllegalArgumentException where the graph does what networks here do not
   */
  Found from(String value) {
    String at = value;
    boolean channelsLast = false;
    while (true) {
      if (inputs.contains(at)) {
        return new Found(null, channelsLast);
      }
      NodeProto node = makers.get(at);
      if (node == null) {
        throw new IllegalArgumentException("nothing in its graph makes '" + at + "'");
      }
      String type = node.getOpType();
      if (counts(node)) {
        return new Found(node, channelsLast);
      }
      channelsLast |= type.equals("Transpose") && isToChannelsLast(node);
      at = passed(node);
    }
  }

  private boolean counts(NodeProto node) {
    return switch (node.getOpType()) {
      case "Concat", "Conv", "Gemm", "MatMul", "BatchNormalization" -> true;
      case "Add" -> maps(node).size() == 2;
      case "Mul" -> maps(node).size() == 2 && gatedBySelf(node) == null;
      default -> false;
    };
  }

  /** Returns the inputs of a node that are no tensors. */
  List<String> maps(NodeProto node) {
    return node.getInputList().stream().filter(input -> tensor(input) == null).toList();
  }

  private static boolean isToChannelsLast(NodeProto node) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals("perm"))
        .anyMatch(attribute -> attribute.getIntsList().equals(List.of(0L, 2L, 3L, 1L)));
  }

  /** Returns the value through which the way leads on. */
  private String passed(NodeProto node) {
    String type = node.getOpType();
    List<String> maps = maps(node);
    if (PASSED.contains(type) && !maps.isEmpty()) {
      return maps.getFirst();
    }
    if (type.equals("Mul") && maps.size() == 2) {
      return gatedBySelf(node);
    }
    if (Set.of("Add", "Sub", "Mul", "Div").contains(type) && maps.size() == 1) {
      // Of a constant: preprocessing, or a bias behind a product.
      NodeProto before = makers.get(maps.getFirst());
      if (before == null || !before.getOpType().equals("Conv") || biasOf(before) != null) {
        return maps.getFirst();
      }
    }
    throw new IllegalArgumentException(
        "its graph has a node '"
            + label(node)
            + "' of type "
            + type
            + " where networks here have none");
  }

  /** Returns x of x * sigmoid(x), or with HardSigmoid; null where a product is of other values. */
  private String gatedBySelf(NodeProto product) {
    List<String> maps = maps(product);
    for (int i = 0; i < 2; i++) {
      NodeProto gate = makers.get(maps.get(i));
      String x = maps.get(1 - i);
      if (gate != null
          && Set.of("Sigmoid", "HardSigmoid").contains(gate.getOpType())
          && gate.getInput(0).equals(x)) {
        return x;
      }
    }
    return null;
  }

  /**
   * Returns the bias that a node of its own adds to a product or a convolution, whose result
   * nothing else reads; null where there is none. A convolution's has a value for each channel.
   */
  TensorProto biasOf(NodeProto product) {
    List<NodeProto> reading = readers.getOrDefault(product.getOutput(0), List.of());
    if (reading.size() != 1 || !reading.getFirst().getOpType().equals("Add")) {
      return null;
    }
    List<TensorProto> added =
        reading.getFirst().getInputList().stream()
            .map(this::tensor)
            .filter(Objects::nonNull)
            .toList();
    boolean fits =
        added.size() == 1
            && (!product.getOpType().equals("Conv") || isOfChannels(added.getFirst(), product));
    return fits ? added.getFirst() : null;
  }

  /** Whether a tensor is [C,1,1] or [1,C,1,1], for a convolution of C channels without a bias. */
  private boolean isOfChannels(TensorProto tensor, NodeProto convolution) {
    TensorProto kernel = convolution.getInputCount() == 2 ? tensor(convolution.getInput(1)) : null;
    if (kernel == null || kernel.getDimsCount() == 0) {
      return false;
    }
    long channels = kernel.getDims(0);
    List<Long> shape = tensor.getDimsList();
    return shape.equals(List.of(channels, 1L, 1L)) || shape.equals(List.of(1L, channels, 1L, 1L));
  }
}
