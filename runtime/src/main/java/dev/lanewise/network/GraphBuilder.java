package dev.lanewise.network;

import dev.lanewise.layer.AveragePool;
import dev.lanewise.layer.BatchNorm;
import dev.lanewise.layer.Conv;
import dev.lanewise.layer.Dense;
import dev.lanewise.layer.Dropout;
import dev.lanewise.layer.Gate;
import dev.lanewise.layer.Layer;
import dev.lanewise.layer.MaxPool;
import dev.lanewise.layer.Subsampling;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Padding;
import dev.lanewise.spec.Pool;
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
  private final HeadActivation head;
  private String block = "";

  /**
   * Starts without layers.
   *
   * @param head what the network makes of its logits
   */
  public GraphBuilder(HeadActivation head) {
    this.head = head;
  }

  /** {@return the layers collected so far} */
  public List<LayerInfo> layers() {
    return List.copyOf(layers);
  }

  /**
   * Begins a block: the layers that follow belong to it.
   *
   * @param block the block's name, as in {@link LayerInfo#block}
   */
  public void begin(String block) {
    this.block = block;
  }

  /**
   * Adds the input.
   *
   * @param image shape [1,H,W,C] of one image
   * @return the input's name, with Keras's number
   */
  public String input(Shape image) {
    return keep(numbered("input"), new LayerConfig.Input(), image);
  }

  /**
   * Adds a convolution, and before it a zero padding where its padding is explicit.
   *
   * @param conv the convolution
   * @param from name of the layer that it reads
   * @return the convolution's name
   */
  public String conv(Conv conv, String from) {
    return conv(conv, null, from);
  }

  /**
   * Adds a convolution, and before it a zero padding where its padding is explicit.
   *
   * @param conv the convolution
   * @param padding the zero padding's name; null for Keras's numbers
   * @param from name of the layer that it reads
   * @return the convolution's name
   */
  public String conv(Conv conv, String padding, String from) {
    Shape in = shapes.get(from);
    Window window = conv.window();
    String padded = from;
    if (window.padding() == Padding.EXPLICIT) {
      padded = pad(window, padding, from);
      window = window.withoutPadding();
    }
    Shape out = conv.outputShape(in);
    LayerConfig config =
        new LayerConfig.Convolution(
            window, conv.groups(), conv.depthwise(), out.c(), conv.biased());
    return keep(conv, config, out, conv.size(), 0, padded);
  }

  private String pad(Window window, String name, String from) {
    Shape in = shapes.get(from);
    LayerConfig zeros =
        new LayerConfig.ZeroPadding(window.top(), window.bottom(), window.left(), window.right());
    Shape larger =
        new Shape(
            in.n(),
            in.h() + window.top() + window.bottom(),
            in.w() + window.left() + window.right(),
            in.c());
    return keep(name == null ? numbered("zero_padding2d") : name, zeros, larger, from);
  }

  /**
   * Adds a batch normalisation.
   *
   * @param bn the normalisation
   * @param from name of the layer that it reads
   * @return the normalisation's name
   */
  public String batchNorm(BatchNorm bn, String from) {
    long each = 2L * bn.channels();
    LayerConfig config = new LayerConfig.BatchNormalization(bn.momentum(), bn.epsilon(), bn.mode());
    return keep(bn, config, shapes.get(from), each, each, from);
  }

  /**
   * Adds an activation layer, or nothing where there is none.
   *
   * @param activation the function; NONE for no layer
   * @param from name of the layer that it reads
   * @return the activation's name, with Keras's number; from where nothing is added
   */
  public String activation(Activation activation, String from) {
    return activation == Activation.NONE
        ? from
        : activation(activation, numbered("activation"), from);
  }

  /**
   * Adds an activation layer.
   *
   * @param activation not NONE
   * @param name the new layer's name
   * @param from name of the layer that it reads
   * @return the activation's name
   */
  public String activation(Activation activation, String name, String from) {
    return keep(name, new LayerConfig.Activated(activation), shapes.get(from), from);
  }

  /**
   * Adds an addition.
   *
   * @param a name of a layer that it reads
   * @param b name of the other, whose output has the same shape
   * @return the addition's name, with Keras's number
   */
  public String add(String a, String b) {
    return add(numbered("add"), a, b);
  }

  /**
   * Adds an addition.
   *
   * @param name the new layer's name
   * @param a name of a layer that it reads
   * @param b name of the other, whose output has the same shape
   * @return the addition's name
   */
  public String add(String name, String a, String b) {
    return keep(name, new LayerConfig.Addition(), shapes.get(a), a, b);
  }

  /**
   * Adds a concatenation.
   *
   * @param a name of the layer whose channels come first
   * @param b name of the other, whose map has the same size
   * @return the concatenation's name, with Keras's number
   */
  public String concatenate(String a, String b) {
    return concatenate(numbered("concatenate"), a, b);
  }

  /**
   * Adds a concatenation.
   *
   * @param name the new layer's name
   * @param a name of the layer whose channels come first
   * @param b name of the other, whose map has the same size
   * @return the concatenation's name
   */
  public String concatenate(String name, String a, String b) {
    Shape first = shapes.get(a);
    Shape both = first.withC(first.c() + shapes.get(b).c());
    return keep(name, new LayerConfig.Concatenation(), both, a, b);
  }

  /**
   * As {@link #squeeze(AveragePool, String, String)}, with Keras's numbers.
   *
   * @param pool the average of the whole map
   * @param from name of the layer that it reads
   * @return the name of the layer that makes a map of one pixel of it
   */
  public String squeeze(AveragePool pool, String from) {
    return squeeze(pool, numbered("reshape"), from);
  }

  /**
   * Adds a global average and what makes a map of one pixel of it.
   *
   * @param pool the average of the whole map
   * @param reshape name of the layer that makes the map
   * @param from name of the layer that it reads
   * @return that name
   */
  public String squeeze(AveragePool pool, String reshape, String from) {
    Shape average = pool.outputShape(shapes.get(from));
    String averaged = pool(pool, from);
    return keep(reshape, new LayerConfig.Reshaping(average.c()), average, averaged);
  }

  /**
   * Adds a multiplication.
   *
   * @param gate the multiplication
   * @param map name of the layer whose map is multiplied
   * @param values name of the layer that makes a value for each channel
   * @return the multiplication's name
   */
  public String multiply(Gate gate, String map, String values) {
    return keep(gate.name(), new LayerConfig.Multiplication(), shapes.get(map), map, values);
  }

  /**
   * As {@link #pool(MaxPool, String, String)}, with Keras's numbers.
   *
   * @param pool the pooling
   * @param from name of the layer that it reads
   * @return the pooling's name
   */
  public String pool(MaxPool pool, String from) {
    return pool(pool, null, from);
  }

  /**
   * Adds a pooling, and before it a zero padding where zeros count, or cannot win because what is
   * pooled is never negative.
   *
   * @param pool the pooling
   * @param padding the zero padding's name; null for Keras's numbers
   * @param from name of the layer that it reads
   * @return the pooling's name
   */
  public String pool(MaxPool pool, String padding, String from) {
    Window window = pool.window();
    String padded = from;
    boolean pads = window.padding() == Padding.EXPLICIT;
    if (pool.zeros() || pads && isNeverNegative(from)) {
      padded = pad(window, padding, from);
      window = window.withoutPadding();
    }
    LayerConfig config = new LayerConfig.Pooling(Pool.Kind.MAX, window);
    return keep(pool.name(), config, pool.outputShape(shapes.get(from)), padded);
  }

  /**
   * Adds what takes every stride-th pixel: in Keras a max pooling.
   *
   * @param subsampling what takes the pixels
   * @param from name of the layer that it reads
   * @return the subsampling's name
   */
  public String subsample(Subsampling subsampling, String from) {
    LayerConfig config = new LayerConfig.Pooling(Pool.Kind.MAX, subsampling.window());
    Shape out = subsampling.outputShape(shapes.get(from));
    return keep(subsampling.name(), config, out, from);
  }

  /**
   * Adds a pooling.
   *
   * @param pool the pooling; one without window is global
   * @param from name of the layer that it reads
   * @return the pooling's name
   */
  public String pool(AveragePool pool, String from) {
    Pool.Kind kind = pool.window() == null ? Pool.Kind.GLOBAL_AVERAGE : Pool.Kind.AVERAGE;
    LayerConfig config = new LayerConfig.Pooling(kind, pool.window());
    return keep(pool.name(), config, pool.outputShape(shapes.get(from)), from);
  }

  /**
   * Adds a dense layer with the head's activation and, where what it reads is a map, a flatten
   * layer.
   *
   * @param dense the layer, without its activation
   * @param from name of the layer that it reads
   * @return the dense layer's name
   */
  public String dense(Dense dense, String from) {
    String values = flat(from);
    Shape out = dense.outputShape(shapes.get(values));
    LayerConfig config = new LayerConfig.Classification(out.c(), head);
    return keep(dense, config, out, dense.size(), 0, values);
  }

  /**
   * Adds a dense layer that another follows and, where what it reads is a map, a flatten layer.
   *
   * @param dense the layer, without its activation
   * @param from name of the layer that it reads
   * @return the dense layer's name
   */
  public String hidden(Dense dense, String from) {
    String values = flat(from);
    Shape out = dense.outputShape(shapes.get(values));
    return keep(dense, new LayerConfig.Dense(out.c()), out, dense.size(), 0, values);
  }

  /**
   * Adds a dropout in front of a dense layer and, where what it reads is a map, a flatten layer.
   *
   * @param dropout the dropout
   * @param from name of the layer that it reads
   * @return the dropout's name
   */
  public String dropout(Dropout dropout, String from) {
    String values = flat(from);
    LayerConfig config = new LayerConfig.Dropout(dropout.rate());
    return keep(dropout.name(), config, shapes.get(values), values);
  }

  /** Adds a flatten layer behind a map. */
  private String flat(String from) {
    if (isFlat(from)) {
      return from;
    }
    Shape in = shapes.get(from);
    Shape flat = new Shape(in.n(), 1, 1, in.h() * in.w() * in.c());
    return keep(numbered("flatten"), new LayerConfig.Flattening(), flat, from);
  }

  private boolean isNeverNegative(String name) {
    return layers.stream()
        .anyMatch(
            layer ->
                layer.name().equals(name)
                    && layer.config() instanceof LayerConfig.Activated activated
                    && isNeverNegative(activated.function()));
  }

  private static boolean isNeverNegative(Activation function) {
    return switch (function) {
      case RELU, RELU6, SIGMOID, HARD_SIGMOID -> true;
      case NONE, LEAKY_RELU, SILU, GELU, TANH, HARD_SWISH -> false;
    };
  }

  private boolean isFlat(String name) {
    return layers.stream()
        .anyMatch(layer -> layer.name().equals(name) && layer.outputShape().size() == 1);
  }

  private String numbered(String kind) {
    return kind + "_" + counts.merge(kind, 1, Integer::sum);
  }

  private String keep(String name, LayerConfig config, Shape shape, String... inputs) {
    return keep(name, config, shape, 0, 0, inputs);
  }

  /** Adds a layer with parameters; a frozen one trains none of them. */
  private String keep(
      Layer layer, LayerConfig config, Shape shape, long trainable, long kept, String from) {
    long trained = layer.frozen() ? 0 : trainable;
    return keep(layer.name(), config, shape, trained, trainable - trained + kept, from);
  }

  private String keep(
      String name,
      LayerConfig config,
      Shape shape,
      long trainable,
      long nonTrainable,
      String... inputs) {
    List<Integer> extents =
        givesVectors(config, inputs)
            ? List.of(shape.c())
            : List.of(shape.h(), shape.w(), shape.c());
    layers.add(
        new LayerInfo(name, block, config, extents, trainable, nonTrainable, List.of(inputs)));
    shapes.put(name, shape);
    return name;
  }

  /** Returns whether a layer gives a row of values for each image, rather than a map. */
  private boolean givesVectors(LayerConfig config, String... inputs) {
    return switch (config) {
      case LayerConfig.Flattening flattening -> true;
      case LayerConfig.Dense dense -> true;
      case LayerConfig.Dropout dropout -> true;
      case LayerConfig.Classification classification -> true;
      case LayerConfig.Pooling pooling -> pooling.window() == null;
      case LayerConfig.Input input -> false;
      case LayerConfig.ZeroPadding zeroPadding -> false;
      case LayerConfig.Convolution convolution -> false;
      case LayerConfig.BatchNormalization batchNormalization -> isFlat(inputs[0]);
      case LayerConfig.Activated activated -> isFlat(inputs[0]);
      case LayerConfig.Addition addition -> false;
      case LayerConfig.Concatenation concatenation -> false;
      case LayerConfig.Reshaping reshaping -> false;
      case LayerConfig.Multiplication multiplication -> false;
    };
  }
}
