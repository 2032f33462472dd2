package dev.lanewise.network;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Locale;

/** What a network makes of its logits: its outputs. Computed in double, as the outputs are few. */
public enum HeadActivation {
  /** Probabilities of classes of which one is right, of sum 1. */
  SOFTMAX {
    @Override
    void apply(float[] logits, int from, float[] outputs, int to, int n) {
      double log = logSum(logits, from, n);
      for (int c = 0; c < n; c++) {
        outputs[to + c] = (float) Math.exp(logits[from + c] - log);
      }
    }
  },
  /** Probabilities of labels of which any number is right: 1 / (1 + exp(-logit)). */
  SIGMOID {
    @Override
    void apply(float[] logits, int from, float[] outputs, int to, int n) {
      for (int c = 0; c < n; c++) {
        outputs[to + c] = (float) sigmoid(logits[from + c]);
      }
    }
  },
  /** The logits themselves, as values of any size. */
  LINEAR {
    @Override
    void apply(float[] logits, int from, float[] outputs, int to, int n) {
      System.arraycopy(logits, from, outputs, to, n);
    }
  };

  /** Writes the outputs of one image. */
  abstract void apply(float[] logits, int from, float[] outputs, int to, int n);

  /**
   * Writes the outputs of a batch.
   *
   * @param logits [N,1,1,outputs]
   * @param outputs of the same shape, overwritten
   */
  public final void apply(Tensor logits, Tensor outputs) {
    Shape shape = logits.shape();
    for (int n = 0; n < shape.n(); n++) {
      apply(
          logits.data(),
          logits.index(n, 0, 0, 0),
          outputs.data(),
          outputs.index(n, 0, 0, 0),
          shape.c());
    }
  }

  /** {@return Keras's name: {@code "softmax"}, {@code "sigmoid"} or {@code "linear"}} */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return 1 / (1 + exp(-x)), of full precision on both sides of 0}
   *
   * @param x any number
   */
  public static double sigmoid(double x) {
    if (x >= 0) {
      return 1 / (1 + Math.exp(-x));
    }
    double e = Math.exp(x);
    return e / (1 + e);
  }

  /**
   * {@return the logarithm of the sum of the exponentials of an image's logits, which may be large}
   *
   * @param logits of a batch
   * @param at index of the image's first
   * @param n how many there are, at least one
   */
  public static double logSum(float[] logits, int at, int n) {
    double largest = logits[at];
    for (int c = 1; c < n; c++) {
      largest = Math.max(largest, logits[at + c]);
    }
    double sum = 0;
    for (int c = 0; c < n; c++) {
      sum += Math.exp(logits[at + c] - largest);
    }
    return largest + Math.log(sum);
  }
}
