package dev.lanewise.model.weights;

import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.layer.Parameter;
import java.util.List;

/** Kinds of layers with parameters, told by their arrays. */
public enum LayerKind {
  /** A kernel of four extents. */
  CONVOLUTION("convolution", "convolutions"),

  /** The same whose outputs read one channel each. */
  DEPTHWISE("depthwise convolution", "depthwise convolutions"),

  /** Gamma, beta, moving mean or moving variance, or several of them. */
  NORMALIZATION("batch normalisation", "batch normalisations"),

  /** A kernel of two extents. */
  DENSE("dense layer", "dense layers"),

  /** Mean and variance of pixels, by which a model normalises its images itself. */
  PIXELS("normalisation of pixels", "normalisations of pixels"),

  /** Anything else. */
  OTHER("layer of another kind", "layers of another kind");

  private final String one;
  private final String many;

  LayerKind(String one, String many) {
    this.one = one;
    this.many = many;
  }

  /**
   * {@return the kind of a network's layer}
   *
   * @param parameters all parameters of the layer
   */
  public static LayerKind of(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      LayerKind kind = of(parameter.name(), parameter.shape());
      if (kind != OTHER) {
        return kind;
      }
    }
    return OTHER;
  }

  /**
   * {@return the kind of a file's layer}
   *
   * @param layer the layer, whose arrays need not be read for this
   */
  public static LayerKind of(SavedLayer layer) {
    for (SavedArray array : layer.arrays()) {
      LayerKind kind = of(array.name(), array.shape());
      if (kind != OTHER) {
        return kind;
      }
    }
    List<String> names = layer.arrays().stream().map(SavedArray::name).toList();
    return names.containsAll(List.of("mean", "variance")) ? PIXELS : OTHER;
  }

  private static LayerKind of(String array, int[] shape) {
    return switch (array) {
      case "kernel" ->
          switch (shape.length) {
            case 4 -> shape[2] == 1 ? DEPTHWISE : CONVOLUTION;
            case 2 -> DENSE;
            default -> OTHER;
          };
      case "gamma", "beta", "moving_mean", "moving_variance" -> NORMALIZATION;
      default -> OTHER;
    };
  }

  /** Returns a number of them: {@code "1 convolution"}, {@code "no dense layers"}. */
  String count(int number) {
    return number == 0 ? "no " + many : number + " " + (number == 1 ? one : many);
  }
}
