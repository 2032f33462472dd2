package dev.lanewise.kernel;

import dev.lanewise.tensor.Tensor;

/**
 * How a kernel reads one of its inputs: as it is, or changed on the way in. Kernels copy each value
 * once into a panel before they use it many times, and the change rides on that copy.
 */
public abstract class Operand {
  final Tensor tensor;
  protected final float[] data;
  protected final int offset;
  protected final int channels;

  protected Operand(Tensor tensor) {
    this.tensor = tensor;
    this.data = tensor.data();
    this.offset = tensor.offset();
    this.channels = tensor.shape().c();
  }

  /** Reads a tensor as it is. */
  public static Operand of(Tensor tensor) {
    return new PlainOperand(tensor);
  }

  /** Returns the tensor that is read. */
  public final Tensor tensor() {
    return tensor;
  }

  /**
   * Copies changed values: channels [channel, channel + count) of one pixel.
   *
   * @param pixel number of the pixel within the batch
   * @param dst where to, from index at on
   */
  public abstract void copy(int pixel, int channel, int count, float[] dst, int at);

  /**
   * Copies changed values of consecutive pixels: channels [channel, channel + count) of each.
   *
   * @param rows number of pixels
   * @param stride distance between two pixels' values in dst
   */
  public void copyRows(
      int pixel, int rows, int channel, int count, float[] dst, int at, int stride) {
    for (int r = 0; r < rows; r++) {
      copy(pixel + r, channel, count, dst, at + r * stride);
    }
  }

  /** Returns whether kernels may read the tensor itself instead of a copy. */
  public boolean readsAsItIs() {
    return false;
  }

  /** Returns whether a copy may run on into the following pixels. */
  public boolean runsOverPixels() {
    return false;
  }
}
