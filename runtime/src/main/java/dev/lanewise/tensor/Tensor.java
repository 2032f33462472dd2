package dev.lanewise.tensor;

import java.util.Arrays;

/**
 * An NHWC float32 tensor: a view of {@code shape.size()} values of an array. It is dense, or some
 * of the channels of a dense one, whose pixels lie farther apart.
 *
 * @param data the array that holds the values
 * @param offset index of the first value
 * @param shape the extents
 * @param pitch distance between a channel of two neighbouring pixels; the number of channels in a
 *     dense tensor
 */
public record Tensor(float[] data, int offset, Shape shape, int pitch) {
  /**
   * A dense tensor.
   *
   * @param data the array that holds the values
   * @param offset index of the first value
   * @param shape the extents
   */
  public Tensor(float[] data, int offset, Shape shape) {
    this(data, offset, shape, shape.c());
  }

  /**
   * {@return a view of some channels}
   *
   * @param first number of the first
   * @param count how many, within the pitch
   * @throws IllegalArgumentException where a pixel has no such channels
   */
  public Tensor channels(int first, int count) {
    if (first < 0 || count < 1 || first + count > pitch) {
      throw new IllegalArgumentException(
          "channels "
              + first
              + " to "
              + (first + count - 1)
              + " require pixels that have them, got "
              + pitch
              + " values of each");
    }
    return new Tensor(data, offset + first, shape.withC(count), pitch);
  }

  /** {@return whether nothing lies between the values} */
  public boolean dense() {
    return pitch == shape.c();
  }

  /**
   * {@return a new tensor of zeros with an array of its own}
   *
   * @param shape the extents
   */
  public static Tensor zeros(Shape shape) {
    return new Tensor(new float[shape.size()], 0, shape);
  }

  /**
   * {@return a tensor over the whole of an array, which is not copied}
   *
   * @param shape the extents
   * @param values row-major, as many as the shape has
   */
  public static Tensor of(Shape shape, float... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " requires " + shape.size() + " values, got " + values.length);
    }
    return new Tensor(values, 0, shape);
  }

  /**
   * {@return the value at a position}
   *
   * @param n image
   * @param h row
   * @param w column
   * @param c channel
   */
  public float get(int n, int h, int w, int c) {
    return data[index(n, h, w, c)];
  }

  /**
   * Changes the value at a position.
   *
   * @param n image
   * @param h row
   * @param w column
   * @param c channel
   * @param value the new value
   */
  public void set(int n, int h, int w, int c, float value) {
    data[index(n, h, w, c)] = value;
  }

  /**
   * {@return the index into {@link #data} of a position}
   *
   * @param n image
   * @param h row
   * @param w column
   * @param c channel
   */
  public int index(int n, int h, int w, int c) {
    return offset + ((n * shape.h() + h) * shape.w() + w) * pitch + c;
  }

  /** {@return the values as an array of their own} */
  public float[] toArray() {
    if (dense()) {
      return Arrays.copyOfRange(data, offset, offset + shape.size());
    }
    float[] values = new float[shape.size()];
    for (int pixel = 0; pixel < shape.pixels(); pixel++) {
      System.arraycopy(data, offset + pixel * pitch, values, pixel * shape.c(), shape.c());
    }
    return values;
  }
}
