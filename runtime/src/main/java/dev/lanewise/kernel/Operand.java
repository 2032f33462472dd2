package dev.lanewise.kernel;

import dev.lanewise.tensor.Tensor;

/**
 * How a kernel reads one of its inputs: as it is, or changed on the way in. Kernels copy each value
 * once into a panel before they use it many times, and the change rides on that copy.
 */
public abstract class Operand {
  final Tensor tensor;

  /** The array that holds the tensor. */
  protected final float[] data;

  /** Index in {@link #data} of the tensor's first value. */
  protected final int offset;

  /** Distance in {@link #data} between a channel of two neighbouring pixels. */
  protected final int pitch;

  /**
   * Starts a reader of a tensor.
   *
   * @param tensor what is read
   */
  protected Operand(Tensor tensor) {
    this.tensor = tensor;
    this.data = tensor.data();
    this.offset = tensor.offset();
    this.pitch = tensor.pitch();
  }

  /**
   * Reads a tensor as it is.
   *
   * @param tensor what is read
   * @return a reader without change
   */
  public static Operand of(Tensor tensor) {
    return new PlainOperand(tensor);
  }

  /** {@return the tensor that is read} */
  public final Tensor tensor() {
    return tensor;
  }

  /**
   * Copies changed values: channels [channel, channel + count) of one pixel.
   *
   * @param pixel number of the pixel within the batch
   * @param channel number of the first channel
   * @param count number of channels
   * @param dst where to, from index at on
   * @param at index in dst of the first value
   */
  public abstract void copy(int pixel, int channel, int count, float[] dst, int at);

  /**
   * Copies changed values of consecutive pixels: channels [channel, channel + count) of each.
   *
   * @param pixel number of the first pixel within the batch
   * @param rows number of pixels
   * @param channel number of the first channel
   * @param count number of channels
   * @param dst where to, from index at on
   * @param at index in dst of the first pixel's first value
   * @param stride distance between two pixels' values in dst
   */
  public void copyRows(
      int pixel, int rows, int channel, int count, float[] dst, int at, int stride) {
    for (int r = 0; r < rows; r++) {
      copy(pixel + r, channel, count, dst, at + r * stride);
    }
  }

  /** {@return whether kernels may read the tensor itself instead of a copy} */
  public boolean readsAsItIs() {
    return false;
  }

  /** {@return whether a copy may run on into the following pixels} */
  public boolean runsOverPixels() {
    return false;
  }
}
