package dev.lanewise.model.golden;

import dev.lanewise.layer.Parameter;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.Network;
import dev.lanewise.reference.ReferenceActivation;
import dev.lanewise.reference.ReferenceAdd;
import dev.lanewise.reference.ReferenceAveragePool;
import dev.lanewise.reference.ReferenceBatchNorm;
import dev.lanewise.reference.ReferenceConv;
import dev.lanewise.reference.ReferenceDense;
import dev.lanewise.reference.ReferenceMaxPool;
import dev.lanewise.reference.ReferenceSoftmax;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.spec.Pool;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interprets what a network says of its layers, one plain double operation after the other, with
 * the network's parameters: so the description is checked as well as the fused code. A layer with
 * parameters of which none trains is frozen.
 */
final class ReferenceGraph {
  /** Gradients by {@code layer/weight}, after {@link #backward}. */
  final Map<String, double[]> gradients = new LinkedHashMap<>();

  /** Factors of dropouts by layer: a test sets them. */
  final Map<String, double[]> masks = new HashMap<>();

  /** What each layer gave last. */
  final Map<String, ReferenceTensor> outputs = new HashMap<>();

  private final List<LayerInfo> layers;
  private final Map<String, double[]> weights = new HashMap<>();
  private final Map<String, ReferenceBatchNorm.Result> statistics = new HashMap<>();
  private final Map<String, ReferenceTensor> dOutputs = new HashMap<>();

  ReferenceGraph(Network network) {
    layers = network.layerInfos();
    for (Parameter parameter : network.parameters()) {
      weights.put(
          parameter.layer() + "/" + parameter.name(), ReferenceTensor.doubles(parameter.values()));
    }
  }

  /** Returns what the last layer gives: logits where it is dense. */
  ReferenceTensor forward(ReferenceTensor images, boolean training) {
    for (LayerInfo layer : layers) {
      outputs.put(layer.name(), layer.inputs().isEmpty() ? images : forward(layer, training));
    }
    return outputs.get(last().name());
  }

  /**
   * Returns what the last layer would give if one layer's output, which may be changed, were so.
   */
  ReferenceTensor forwardBehind(String name, ReferenceTensor output) {
    boolean behind = false;
    for (LayerInfo layer : layers) {
      if (behind) {
        outputs.put(layer.name(), forward(layer, false));
      } else if (layer.name().equals(name)) {
        outputs.put(name, output);
        behind = true;
      }
    }
    return outputs.get(last().name());
  }

  /** Makes the gradients of the mean loss of what went forward in training. */
  void backward(int[] labels) {
    ReferenceTensor probabilities = ReferenceSoftmax.forward(outputs.get(last().name()));
    dOutputs.clear();
    dOutputs.put(last().name(), ReferenceSoftmax.backward(probabilities, labels));
    for (int i = layers.size() - 1; i > 0; i--) {
      backward(layers.get(i), dOutputs.get(layers.get(i).name()));
    }
  }

  private LayerInfo last() {
    return layers.get(layers.size() - 1);
  }

  private ReferenceTensor input(LayerInfo layer, int index) {
    return outputs.get(layer.inputs().get(index));
  }

  private double[] weight(LayerInfo layer, String name) {
    return weights.get(layer.name() + "/" + name);
  }

  private ReferenceTensor forward(LayerInfo layer, boolean training) {
    ReferenceTensor x = input(layer, 0);
    return switch (layer.config()) {
      case LayerConfig.Input input -> throw new IllegalArgumentException("an input reads nothing");
      case LayerConfig.ZeroPadding pad -> padded(x, pad);
      case LayerConfig.Convolution conv ->
          ReferenceConv.forward(
              x,
              weight(layer, "kernel"),
              weight(layer, "bias"),
              conv.window(),
              conv.groups(),
              conv.filters());
      case LayerConfig.BatchNormalization norm -> normalized(layer, x, norm, training);
      case LayerConfig.Activated activated -> ReferenceActivation.forward(activated.function(), x);
      case LayerConfig.Addition addition -> ReferenceAdd.forward(x, input(layer, 1));
      case LayerConfig.Multiplication multiplication -> multiplied(x, input(layer, 1));
      case LayerConfig.Concatenation concatenation -> sideBySide(x, input(layer, 1));
      case LayerConfig.Reshaping reshaping -> x;
      case LayerConfig.Pooling pool ->
          pool.kind() == Pool.Kind.MAX
              ? ReferenceMaxPool.forward(x, pool.window())
              : ReferenceAveragePool.forward(x, window(pool, x.shape()));
      case LayerConfig.Flattening flattening -> x;
      case LayerConfig.Dropout dropout -> training ? scaled(layer, x) : x;
      case LayerConfig.Dense dense ->
          ReferenceDense.forward(x, weight(layer, "kernel"), weight(layer, "bias"), dense.units());
      case LayerConfig.Classification dense ->
          ReferenceDense.forward(x, weight(layer, "kernel"), weight(layer, "bias"), dense.units());
    };
  }

  private static ReferenceTensor sideBySide(ReferenceTensor a, ReferenceTensor b) {
    int kept = a.shape().c();
    ReferenceTensor both = ReferenceTensor.zeros(a.shape().withC(kept + b.shape().c()));
    for (int i = 0; i < both.data().length; i++) {
      int pixel = i / both.shape().c();
      int c = i % both.shape().c();
      both.data()[i] =
          c < kept ? a.data()[pixel * kept + c] : b.data()[pixel * b.shape().c() + c - kept];
    }
    return both;
  }

  private static ReferenceTensor channels(ReferenceTensor map, int first, int count) {
    ReferenceTensor some = ReferenceTensor.zeros(map.shape().withC(count));
    for (int i = 0; i < some.data().length; i++) {
      some.data()[i] = map.data()[i / count * map.shape().c() + first + i % count];
    }
    return some;
  }

  /** Returns a map multiplied by a value for each image and channel. */
  private static ReferenceTensor multiplied(ReferenceTensor map, ReferenceTensor values) {
    ReferenceTensor product = ReferenceTensor.zeros(map.shape());
    for (int i = 0; i < map.data().length; i++) {
      product.data()[i] = map.data()[i] * values.data()[valueOf(map.shape(), i)];
    }
    return product;
  }

  private static ReferenceTensor summed(ReferenceTensor d, ReferenceTensor map, Shape values) {
    ReferenceTensor sums = ReferenceTensor.zeros(values);
    for (int i = 0; i < map.data().length; i++) {
      sums.data()[valueOf(map.shape(), i)] += d.data()[i] * map.data()[i];
    }
    return sums;
  }

  /** Returns the index of the value for the image and the channel of one of a map. */
  private static int valueOf(Shape map, int index) {
    return index / (map.h() * map.w() * map.c()) * map.c() + index % map.c();
  }

  private ReferenceTensor normalized(
      LayerInfo layer, ReferenceTensor x, LayerConfig.BatchNormalization norm, boolean training) {
    double[] gamma = weight(layer, "gamma");
    double[] beta = weight(layer, "beta");
    if (!training || layer.trainable() == 0) {
      double[] mean = weight(layer, "moving_mean");
      double[] variance = weight(layer, "moving_variance");
      return ReferenceBatchNorm.infer(x, gamma, beta, mean, variance, norm.epsilon());
    }
    var result = ReferenceBatchNorm.forward(x, gamma, beta, norm.epsilon());
    statistics.put(layer.name(), result);
    return result.dst();
  }

  private void backward(LayerInfo layer, ReferenceTensor d) {
    ReferenceTensor x = input(layer, 0);
    switch (layer.config()) {
      case LayerConfig.Input input -> throw new IllegalArgumentException("an input reads nothing");
      case LayerConfig.ZeroPadding pad -> give(layer, 0, cropped(d, pad, x.shape()));
      case LayerConfig.Convolution conv -> {
        gradient(
            layer, "kernel", ReferenceConv.backwardWeights(x, d, conv.window(), conv.groups()));
        gradient(layer, "bias", ReferenceConv.backwardBias(d));
        double[] kernel = weight(layer, "kernel");
        give(
            layer,
            0,
            ReferenceConv.backwardData(d, kernel, conv.window(), conv.groups(), x.shape()));
      }
      case LayerConfig.BatchNormalization norm -> {
        var all = normGradients(layer, x, d, norm);
        gradient(layer, "gamma", all.dGamma());
        gradient(layer, "beta", all.dBeta());
        give(layer, 0, all.dSrc());
      }
      case LayerConfig.Activated activated ->
          give(layer, 0, ReferenceActivation.backward(activated.function(), x, d));
      case LayerConfig.Reshaping reshaping -> give(layer, 0, d);
      case LayerConfig.Multiplication multiplication -> {
        ReferenceTensor values = input(layer, 1);
        give(layer, 0, multiplied(d, values));
        give(layer, 1, summed(d, x, values.shape()));
      }
      case LayerConfig.Concatenation concatenation -> {
        give(layer, 0, channels(d, 0, x.shape().c()));
        give(layer, 1, channels(d, x.shape().c(), d.shape().c() - x.shape().c()));
      }
      case LayerConfig.Addition addition -> {
        give(layer, 0, d);
        give(layer, 1, d);
      }
      case LayerConfig.Pooling pool ->
          give(
              layer,
              0,
              pool.kind() == Pool.Kind.MAX
                  ? ReferenceMaxPool.backward(x, d, pool.window())
                  : ReferenceAveragePool.backward(d, window(pool, x.shape()), x.shape()));
      case LayerConfig.Flattening flattening -> give(layer, 0, d);
      case LayerConfig.Dropout dropout -> give(layer, 0, scaled(layer, d));
      case LayerConfig.Dense dense -> dense(layer, x, d);
      case LayerConfig.Classification classification -> dense(layer, x, d);
    }
  }

  private void dense(LayerInfo layer, ReferenceTensor x, ReferenceTensor d) {
    gradient(layer, "kernel", ReferenceDense.backwardWeights(x, d));
    gradient(layer, "bias", ReferenceDense.backwardBias(d));
    give(layer, 0, ReferenceDense.backwardData(d, weight(layer, "kernel"), x.shape()));
  }

  /** Multiplies values by a dropout's factors, which a test has drawn. */
  private ReferenceTensor scaled(LayerInfo layer, ReferenceTensor x) {
    double[] factors = masks.get(layer.name());
    ReferenceTensor dst = ReferenceTensor.zeros(x.shape());
    Arrays.setAll(dst.data(), i -> x.data()[i] * factors[i]);
    return dst;
  }

  private ReferenceBatchNorm.Gradients normGradients(
      LayerInfo layer, ReferenceTensor x, ReferenceTensor d, LayerConfig.BatchNormalization norm) {
    double[] gamma = weight(layer, "gamma");
    return layer.trainable() == 0
        ? ReferenceBatchNorm.backwardFrozen(
            x,
            d,
            gamma,
            weight(layer, "moving_mean"),
            weight(layer, "moving_variance"),
            norm.epsilon())
        : ReferenceBatchNorm.backward(x, d, gamma, statistics.get(layer.name()), norm.epsilon());
  }

  private void gradient(LayerInfo layer, String name, double[] values) {
    gradients.put(layer.name() + "/" + name, values);
  }

  private void give(LayerInfo layer, int index, ReferenceTensor d) {
    dOutputs.merge(layer.inputs().get(index), d, ReferenceAdd::forward);
  }

  private static Window window(LayerConfig.Pooling pool, Shape in) {
    return pool.window() == null ? Window.valid(in.h(), in.w(), in.h(), in.w()) : pool.window();
  }

  private static ReferenceTensor padded(ReferenceTensor x, LayerConfig.ZeroPadding pad) {
    Shape in = x.shape();
    Shape larger =
        new Shape(
            in.n(), in.h() + pad.top() + pad.bottom(), in.w() + pad.left() + pad.right(), in.c());
    ReferenceTensor dst = ReferenceTensor.zeros(larger);
    forEachRow(in, larger, pad, (from, to) -> copy(x, from, dst, to, in));
    return dst;
  }

  private static ReferenceTensor cropped(ReferenceTensor d, LayerConfig.ZeroPadding pad, Shape in) {
    ReferenceTensor dst = ReferenceTensor.zeros(in);
    forEachRow(in, d.shape(), pad, (from, to) -> copy(d, to, dst, from, in));
    return dst;
  }

  private static void copy(ReferenceTensor src, int from, ReferenceTensor dst, int to, Shape in) {
    System.arraycopy(src.data(), from, dst.data(), to, in.w() * in.c());
  }

  private interface Rows {
    void take(int from, int to);
  }

  /** Calls back with the index of each row of a map, and that within the padded map. */
  private static void forEachRow(Shape in, Shape larger, LayerConfig.ZeroPadding pad, Rows rows) {
    for (int n = 0; n < in.n(); n++) {
      for (int h = 0; h < in.h(); h++) {
        int from = (n * in.h() + h) * in.w() * in.c();
        int to = ((n * larger.h() + h + pad.top()) * larger.w() + pad.left()) * in.c();
        rows.take(from, to);
      }
    }
  }
}
