package dev.lanewise.kernel.norm;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Pointwise;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.TaskSizes;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Tensor;

/**
 * out = activation(bn(y) * gate + shortcut), where the gate may be absent, and the shortcut be
 * absent, a tensor, or bn1(y1).
 */
public final class JoinKernel implements Task {
  private final Scratch scratch;
  private final JoinSum sum;
  private final Pointwise function;
  private final Tensor out;
  private final int channels;
  private final int pixelsPerTask;

  /**
   * Prepares a join.
   *
   * @param gate [N,1,1,C], used as it is when the join is made; null for none
   * @param shortcutNorm null where the shortcut has no normalisation
   * @param shortcut null where there is none; may be out where the result tells the derivative
   * @param function the activation
   * @param out [N,H,W,C] as y and shortcut
   * @throws IllegalArgumentException where the sum that the derivative is made of could not be
   *     formed again
   */
  public JoinKernel(
      Scratch scratch,
      NormState norm,
      Tensor y,
      Tensor gate,
      NormState shortcutNorm,
      Tensor shortcut,
      Pointwise function,
      Tensor out) {
    if (shortcut == out && !function.resultTellsDerivative()) {
      throw new IllegalArgumentException(
          "the activation of a join requires a shortcut that out does not overwrite, got out");
    }
    this.scratch = scratch;
    this.sum = new JoinSum(norm, y, gate, shortcutNorm, shortcut);
    this.function = function;
    this.out = out;
    this.channels = norm.channels;
    this.pixelsPerTask = TaskSizes.pixels(channels);
  }

  /** Writes out. */
  public void forward() {
    scratch.pool().run(Lanes.ceilDiv(out.shape().pixels(), pixelsPerTask), this);
  }

  @Override
  public void run(int index, int thread) {
    int from = index * pixelsPerTask;
    int to = Math.min(out.shape().pixels(), from + pixelsPerTask);
    for (int pixel = from; pixel < to; pixel++) {
      int at = out.offset() + pixel * channels;
      sum.write(pixel, 0, channels, function, out.data(), at);
      if (function.curved()) {
        function.forward(out.data(), at, channels);
      }
    }
  }

  /**
   * Makes the gradient of the sum from that of out, and adds up the sums of the normalisations in
   * it, less one that is multiplied by a gate.
   */
  public Epilogue gradientSums() {
    return new JoinGradientEpilogue(sum, function, out);
  }
}
