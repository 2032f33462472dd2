package dev.lanewise.formats.onnx;

import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.torch.TorchLayout;
import dev.lanewise.onnx.AttributeProto;
import dev.lanewise.onnx.NodeProto;
import dev.lanewise.onnx.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The weights of an operation as those of a layer, in Keras's layouts. */
final class NodeLayers {
  private static final String KERNEL = "kernel";
  private static final String BIAS = "bias";
  private static final List<String> NORM =
      List.of("gamma", "beta", "moving_mean", "moving_variance");

  private final Operations operations;

  NodeLayers(Operations operations) {
    this.operations = operations;
  }

  /** Returns what a node is called: by its weights, where a module gave them their name. */
  String name(NodeProto node) {
    TensorProto weight = node.getInputCount() > 1 ? operations.tensor(node.getInput(1)) : null;
    if (weight != null && weight.getName().endsWith(".weight")) {
      return weight.getName().substring(0, weight.getName().length() - ".weight".length());
    }
    String name = node.getName().isEmpty() ? node.getOutput(0) : node.getName();
    // PyTorch's are paths, such as /layer1/layer1.0/conv1/Conv.
    return name.replaceFirst("^/+", "").replace('/', '.');
  }

  /** Returns a convolution, [KH,KW,IC/G,OC], with its bias where it has one. */
  SavedLayer convolution(NodeProto node) {
    return layer(node, 4);
  }

  /** Returns a dense layer, [in,out], with its bias. */
  SavedLayer dense(NodeProto node) {
    if (node.getOpType().equals("Gemm") && integer(node, "transB", 0) == 1) {
      return layer(node, 2);
    }
    TensorProto kernel = required(node, 1);
    int[] shape = Tensors.shape(kernel);
    if (shape.length != 2) {
      throw new IllegalArgumentException(
          "its product '" + name(node) + "' is not of a matrix, but of " + Arrays.toString(shape));
    }
    List<SavedArray> arrays = new ArrayList<>();
    arrays.add(new SavedArray(KERNEL, shape, () -> Tensors.floats(kernel)));
    TensorProto bias =
        node.getOpType().equals("Gemm") ? optional(node, 2) : operations.biasOf(node);
    if (bias != null) {
      arrays.add(new SavedArray(BIAS, Tensors.shape(bias), () -> Tensors.floats(bias)));
    }
    return new SavedLayer(name(node), arrays);
  }

  /** Returns a batch normalisation. */
  SavedLayer norm(NodeProto node) {
    List<SavedArray> arrays = new ArrayList<>();
    for (int i = 0; i < NORM.size(); i++) {
      TensorProto tensor = required(node, i + 1);
      arrays.add(new SavedArray(NORM.get(i), Tensors.shape(tensor), () -> Tensors.floats(tensor)));
    }
    return new SavedLayer(name(node), arrays);
  }

  /** Returns the layer of a weight of so many extents, and a bias or none, in PyTorch's layouts. */
  private SavedLayer layer(NodeProto node, int extents) {
    String name = name(node);
    TorchLayout.Tensor weight = torch(name + ".weight", required(node, 1));
    if (weight.shape().size() != extents) {
      throw new IllegalArgumentException(
          "its weights of '" + name + "' have the shape " + weight.shape());
    }
    List<TorchLayout.Tensor> tensors = new ArrayList<>(List.of(weight));
    TensorProto bias = optional(node, 2);
    if (bias != null) {
      tensors.add(torch(name + ".bias", bias));
    } else if (extents == 4 && operations.biasOf(node) != null) {
      // Its other extents are 1.
      TensorProto added = operations.biasOf(node);
      List<Long> channels = weight.shape().subList(0, 1);
      tensors.add(new TorchLayout.Tensor(name + ".bias", channels, () -> Tensors.floats(added)));
    }
    List<SavedLayer> layers = new ArrayList<>();
    TorchLayout.addLayer(name, tensors, layers);
    return layers.getFirst();
  }

  private static TorchLayout.Tensor torch(String name, TensorProto tensor) {
    List<Long> shape = Arrays.stream(Tensors.shape(tensor)).mapToObj(Long::valueOf).toList();
    return new TorchLayout.Tensor(name, shape, () -> Tensors.floats(tensor));
  }

  private TensorProto required(NodeProto node, int input) {
    TensorProto tensor = optional(node, input);
    if (node.getInputCount() > input && operations.isInput(node.getInput(input))) {
      throw new IllegalArgumentException(
          "it holds no weights: its "
              + node.getOpType()
              + " '"
              + name(node)
              + "' is given them as the graph's input '"
              + node.getInput(input)
              + "'; export it with its parameters");
    }
    if (tensor == null) {
      throw new IllegalArgumentException(
          "its "
              + node.getOpType()
              + " '"
              + name(node)
              + "' computes the weights, instead of"
              + " holding them");
    }
    return tensor;
  }

  private TensorProto optional(NodeProto node, int input) {
    return node.getInputCount() > input ? operations.tensor(node.getInput(input)) : null;
  }

  private static long integer(NodeProto node, String name, long usual) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals(name)) {
        return attribute.getI();
      }
    }
    return usual;
  }
}
