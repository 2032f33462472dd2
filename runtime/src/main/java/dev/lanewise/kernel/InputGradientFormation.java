package dev.lanewise.kernel;

import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Tensor;

/** Overwrites y by its gradient, formed from the gradient of bn(y), on all threads. */
final class InputGradientFormation implements Task {
  /** Values of a task. */
  private static final int VALUES = 16384;

  private Norm norm;
  private Tensor dz;
  private Tensor y;
  private int pixelsPerTask;

  void run(Scratch scratch, Norm norm, Tensor dz, Tensor y) {
    this.norm = norm;
    this.dz = dz;
    this.y = y;
    this.pixelsPerTask = Math.max(1, VALUES / norm.channels);
    scratch.pool().run(Lanes.ceilDiv(dz.shape().pixels(), pixelsPerTask), this);
  }

  @Override
  public void run(int index, int slot) {
    int channels = norm.channels;
    int from = index * pixelsPerTask;
    int to = Math.min(dz.shape().pixels(), from + pixelsPerTask);
    for (int pixel = from; pixel < to; pixel++) {
      int at = dz.offset() + pixel * channels;
      int yAt = y.offset() + pixel * channels;
      InputGradientOperand.form(norm, dz.data(), at, y.data(), yAt, 0, channels, y.data(), yAt);
    }
  }
}
