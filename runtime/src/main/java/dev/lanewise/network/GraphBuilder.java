package dev.lanewise.network;

import dev.lanewise.layer.AveragePool;
import dev.lanewise.layer.BatchNorm;
import dev.lanewise.layer.Conv;
import dev.lanewise.layer.Dense;
import dev.lanewise.layer.MaxPool;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Padding;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects a network's layers as Keras would list them. Each method returns the new layer's name.
 */
public final class GraphBuilder {
  private final List<LayerInfo> layers = new ArrayList<>();
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /** Starts without layers. */
  public GraphBuilder() {}

  /** Returns the layers collected so far. */
  public List<LayerInfo> layers() {
    return List.copyOf(layers);
  }

  /** Adds the input. */
  public String input(Shape image) {
    return add(numbered("input"), "InputLayer", image, 0, 0, List.of());
  }

  /** Adds a convolution, and before it a zero padding where its padding is explicit. */
  public String conv(Conv conv, String from) {
    Shape in = shapes.get(from);
    String padded = from;
    Window window = conv.window();
    if (window.padding() == Padding.EXPLICIT) {
      Shape larger =
          new Shape(
              in.n(),
              in.h() + window.top() + window.bottom(),
              in.w() + window.left() + window.right(),
              in.c());
      padded = add(numbered("zero_padding2d"), "ZeroPadding2D", larger, 0, 0, List.of(from));
    }
    return add(conv.name(), "Conv2D", conv.outputShape(in), conv.size(), 0, List.of(padded));
  }

  /** Adds a batch normalisation. */
  public String batchNorm(BatchNorm bn, String from) {
    long each = 2L * bn.channels();
    return add(bn.name(), "BatchNormalization", shapes.get(from), each, each, List.of(from));
  }

  /** Adds an activation layer, or nothing where there is none. */
  public String activation(Activation activation, String from) {
    return activation == Activation.NONE
        ? from
        : add(numbered("activation"), "Activation", shapes.get(from), 0, 0, List.of(from));
  }

  /** Adds an addition. */
  public String add(String a, String b) {
    return add(numbered("add"), "Add", shapes.get(a), 0, 0, List.of(a, b));
  }

  /** Adds a pooling. */
  public String pool(MaxPool pool, String from) {
    return add(
        pool.name(), "MaxPooling2D", pool.outputShape(shapes.get(from)), 0, 0, List.of(from));
  }

  /** Adds a pooling. */
  public String pool(AveragePool pool, String from) {
    String type = pool.global() ? "GlobalAveragePooling2D" : "AveragePooling2D";
    return add(pool.name(), type, pool.outputShape(shapes.get(from)), 0, 0, List.of(from));
  }

  /** Adds a flatten layer and a dense layer with softmax. */
  public String dense(Dense dense, String from) {
    Shape in = shapes.get(from);
    Shape flat = new Shape(in.n(), 1, 1, in.h() * in.w() * in.c());
    String flatten = add(numbered("flatten"), "Flatten", flat, 0, 0, List.of(from));
    return add(dense.name(), "Dense", dense.outputShape(flat), dense.size(), 0, List.of(flatten));
  }

  private String numbered(String kind) {
    return kind + "_" + counts.merge(kind, 1, Integer::sum);
  }

  private String add(
      String name,
      String type,
      Shape shape,
      long trainable,
      long nonTrainable,
      List<String> inputs) {
    boolean flat = type.equals("Flatten") || type.equals("Dense");
    List<Integer> extents = flat ? List.of(shape.c()) : List.of(shape.h(), shape.w(), shape.c());
    layers.add(new LayerInfo(name, type, extents, trainable, nonTrainable, inputs));
    shapes.put(name, shape);
    return name;
  }
}
