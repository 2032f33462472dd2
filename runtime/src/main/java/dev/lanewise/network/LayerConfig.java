package dev.lanewise.network;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.Pool;
import dev.lanewise.tensor.Window;

/** What a layer is told to do: what Keras keeps in the layer's part of a {@code model_config}. */
public sealed interface LayerConfig {
  /** {@return Keras's class name: {@code "Conv2D"}} */
  String type();

  /** The images. */
  record Input() implements LayerConfig {
    @Override
    public String type() {
      return "InputLayer";
    }
  }

  /**
   * Zeros around a map.
   *
   * @param top rows above
   * @param bottom rows below
   * @param left columns before
   * @param right columns after
   */
  record ZeroPadding(int top, int bottom, int left, int right) implements LayerConfig {
    @Override
    public String type() {
      return "ZeroPadding2D";
    }
  }

  /**
   * A convolution, without activation.
   *
   * @param window size, strides, dilation and padding, VALID or SAME: explicit padding is a layer
   *     of its own
   * @param groups number of groups into which the channels fall
   * @param depthwise whether each of several input channels is a group
   * @param filters number of output channels
   * @param bias whether a bias is added
   */
  record Convolution(Window window, int groups, boolean depthwise, int filters, boolean bias)
      implements LayerConfig {
    /**
     * A convolution without groups.
     *
     * @param window size, strides, dilation and padding
     * @param filters number of output channels
     * @param bias whether a bias is added
     */
    public Convolution(Window window, int filters, boolean bias) {
      this(window, 1, false, filters, bias);
    }

    @Override
    public String type() {
      return depthwise ? "DepthwiseConv2D" : "Conv2D";
    }
  }

  /**
   * Gives an average its two extents back, which Keras's global pooling takes away.
   *
   * @param channels the last extent; the others are 1
   */
  record Reshaping(int channels) implements LayerConfig {
    @Override
    public String type() {
      return "Reshape";
    }
  }

  /** The product of a map and a value for each channel. */
  record Multiplication() implements LayerConfig {
    @Override
    public String type() {
      return "Multiply";
    }
  }

  /**
   * Batch normalisation over the last axis.
   *
   * @param momentum weight of the old value in the moving statistics
   * @param epsilon added to the variance
   * @param mode which statistics normalise
   */
  record BatchNormalization(double momentum, double epsilon, BatchNorm.Mode mode)
      implements LayerConfig {
    @Override
    public String type() {
      return "BatchNormalization";
    }
  }

  /**
   * An activation of its own.
   *
   * @param function the function; not NONE
   */
  record Activated(Activation function) implements LayerConfig {
    @Override
    public String type() {
      return switch (function) {
        case NONE, RELU, SILU, GELU, SIGMOID, TANH, HARD_SIGMOID, HARD_SWISH -> "Activation";
        case LEAKY_RELU -> "LeakyReLU";
        case RELU6 -> "ReLU";
      };
    }
  }

  /** The channels of two layers side by side. */
  record Concatenation() implements LayerConfig {
    @Override
    public String type() {
      return "Concatenate";
    }
  }

  /** The sum of two layers. */
  record Addition() implements LayerConfig {
    @Override
    public String type() {
      return "Add";
    }
  }

  /**
   * A pooling.
   *
   * @param kind MAX, AVERAGE or GLOBAL_AVERAGE
   * @param window size, strides and padding; null for GLOBAL_AVERAGE
   */
  record Pooling(Pool.Kind kind, Window window) implements LayerConfig {
    @Override
    public String type() {
      return switch (kind) {
        case MAX -> "MaxPooling2D";
        case AVERAGE -> "AveragePooling2D";
        case GLOBAL_AVERAGE -> "GlobalAveragePooling2D";
        case NONE -> throw new IllegalStateException("no pooling has no layer");
      };
    }
  }

  /** The values of a map (H, W, C) in one row. */
  record Flattening() implements LayerConfig {
    @Override
    public String type() {
      return "Flatten";
    }
  }

  /**
   * A dense layer with bias between the trunk and the head's, without activation.
   *
   * @param units number of outputs
   */
  record Dense(int units) implements LayerConfig {
    @Override
    public String type() {
      return "Dense";
    }
  }

  /**
   * Values that are left out in training.
   *
   * @param rate chance of each to be left out
   */
  record Dropout(double rate) implements LayerConfig {
    @Override
    public String type() {
      return "Dropout";
    }
  }

  /**
   * The head: a dense layer with bias and activation.
   *
   * @param units number of classes
   * @param activation what becomes of the logits
   */
  record Classification(int units, HeadActivation activation) implements LayerConfig {
    /**
     * A head with softmax.
     *
     * @param units number of classes
     */
    public Classification(int units) {
      this(units, HeadActivation.SOFTMAX);
    }

    @Override
    public String type() {
      return "Dense";
    }
  }
}
