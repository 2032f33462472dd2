package dev.lanewise.tensor;

/**
 * A dense NHWC float32 tensor: a view of {@code shape.size()} values of an array.
 *
 * @param data the array that holds the values
 * @param offset index of the first value
 * @param shape the extents
 */
public record Tensor(float[] data, int offset, Shape shape) {
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
    return offset + ((n * shape.h() + h) * shape.w() + w) * shape.c() + c;
  }

  /** {@return the values as an array of their own} */
  public float[] toArray() {
    return java.util.Arrays.copyOfRange(data, offset, offset + shape.size());
  }
}
