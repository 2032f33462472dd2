package dev.lanewise.model.plot;

import dev.lanewise.network.HeadActivation;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.spec.Activation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one layer costs for one image in a plain forward pass, each layer by itself.
 *
 * <p>A multiplication and an addition are two floating point operations, so a network of 4 billion
 * multiply-adds ("4 GMACs") has 8 GFLOPs. By kind of layer, for an output of OH x OW x OC values:
 *
 * <ul>
 *   <li>convolution: 2 KH KW IC for each value, and 1 for its bias; zeros of the padding count
 *   <li>dense: 2 for each weight, 1 for each bias, and for each class 3 for softmax or sigmoid
 *       (exponential, sum, quotient)
 *   <li>batch normalisation: 2 for each value (scale and shift, as in inference)
 *   <li>activation: 1 for each value of a ReLU, 2 of a leaky one (product and choice) and of ReLU6
 *       (two choices), 4 of a SiLU (exponential, sum, quotient, product)
 *   <li>addition: 1 for each value
 *   <li>pooling: 1 for each value of each whole window
 *   <li>input, zero padding, flattening, dropout: none
 * </ul>
 *
 * @param flops floating point operations
 * @param activationBytes bytes of the output as float32, as a framework keeps it that does not fuse
 *     layers
 */
public record LayerCost(long flops, long activationBytes) {
  private static final int MULTIPLY_ADD = 2;

  /**
   * {@return the costs of a network's layers by their names, in the layers' order}
   *
   * @param layers all layers, each after those that it reads
   * @throws IllegalArgumentException where a layer reads one that is not listed before it
   */
  public static Map<String, LayerCost> of(List<LayerInfo> layers) {
    Map<String, List<Integer>> shapes = new HashMap<>();
    Map<String, LayerCost> costs = new LinkedHashMap<>();
    for (LayerInfo layer : layers) {
      for (String input : layer.inputs()) {
        if (!shapes.containsKey(input)) {
          throw new IllegalArgumentException(
              "layer " + layer.name() + " reads " + input + ", which is not listed before it");
        }
      }
      List<Integer> in = layer.inputs().isEmpty() ? List.of() : shapes.get(layer.inputs().get(0));
      long flops = flops(layer, in);
      costs.put(layer.name(), new LayerCost(flops, Float.BYTES * values(layer.outputShape())));
      shapes.put(layer.name(), layer.outputShape());
    }
    return costs;
  }

  /**
   * {@return the sum of costs}
   *
   * @param costs of layers, each counted once
   */
  public static LayerCost sum(Iterable<LayerCost> costs) {
    long flops = 0;
    long bytes = 0;
    for (LayerCost cost : costs) {
      flops += cost.flops;
      bytes += cost.activationBytes;
    }
    return new LayerCost(flops, bytes);
  }

  private static long flops(LayerInfo layer, List<Integer> in) {
    long out = values(layer.outputShape());
    return switch (layer.config()) {
      case LayerConfig.Convolution conv -> {
        long taps = (long) conv.window().kh() * conv.window().kw() * (last(in) / conv.groups());
        yield out * (MULTIPLY_ADD * taps + (conv.bias() ? 1 : 0));
      }
      case LayerConfig.Dense dense -> out * (MULTIPLY_ADD * values(in) + 1);
      case LayerConfig.Classification dense ->
          out * (MULTIPLY_ADD * values(in) + 1 + perOutput(dense.activation()));
      case LayerConfig.BatchNormalization batchNormalization -> out * MULTIPLY_ADD;
      case LayerConfig.Activated activated -> out * perValue(activated.function());
      case LayerConfig.Addition addition -> out * (layer.inputs().size() - 1);
      case LayerConfig.Multiplication multiplication -> out;
      case LayerConfig.Concatenation concatenation -> 0;
      case LayerConfig.Reshaping reshaping -> 0;
      case LayerConfig.Pooling pooling ->
          pooling.window() == null
              ? values(in)
              : out * pooling.window().kh() * pooling.window().kw();
      case LayerConfig.Input input -> 0;
      case LayerConfig.ZeroPadding zeroPadding -> 0;
      case LayerConfig.Flattening flattening -> 0;
      case LayerConfig.Dropout dropout -> 0;
    };
  }

  private static int perOutput(HeadActivation activation) {
    return switch (activation) {
      case LINEAR -> 0;
      case SOFTMAX, SIGMOID -> 3;
    };
  }

  private static int perValue(Activation function) {
    return switch (function) {
      case NONE -> 0;
      case RELU -> 1;
      case LEAKY_RELU, RELU6 -> 2;
      case SIGMOID -> 3;
      case SILU, TANH, HARD_SIGMOID -> 4;
      case GELU, HARD_SWISH -> 5;
    };
  }

  private static int last(List<Integer> shape) {
    return shape.get(shape.size() - 1);
  }

  private static long values(List<Integer> shape) {
    long values = 1;
    for (int extent : shape) {
      values *= extent;
    }
    return values;
  }
}
