package dev.lanewise.reference;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/**
 * A dense NHWC tensor of doubles.
 *
 * @param data the values, row-major, exactly {@code shape.size()} of them; not copied
 * @param shape the extents
 */
public record ReferenceTensor(double[] data, Shape shape) {
  /**
   * Checks the number of values.
   *
   * @throws IllegalArgumentException where it is not the shape's
   */
  public ReferenceTensor {
    if (data.length != shape.size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " requires " + shape.size() + " values, got " + data.length);
    }
  }

  /**
   * {@return a tensor of zeros}
   *
   * @param shape the extents
   */
  public static ReferenceTensor zeros(Shape shape) {
    return new ReferenceTensor(new double[shape.size()], shape);
  }

  /**
   * {@return a tensor over the given values, which are not copied}
   *
   * @param shape the extents
   * @param values row-major, as many as the shape has
   */
  public static ReferenceTensor of(Shape shape, double... values) {
    return new ReferenceTensor(values, shape);
  }

  /**
   * {@return a float tensor's values as doubles}
   *
   * @param tensor its values are copied
   */
  public static ReferenceTensor of(Tensor tensor) {
    return new ReferenceTensor(doubles(tensor.toArray()), tensor.shape());
  }

  /**
   * {@return floats as doubles: weights, biases and the like}
   *
   * @param values any number of floats
   */
  public static double[] doubles(float... values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /**
   * {@return doubles rounded to floats}
   *
   * @param values any number of doubles
   */
  public static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** {@return the values rounded to floats} */
  public Tensor toTensor() {
    return new Tensor(floats(data), 0, shape);
  }

  /**
   * {@return the value at a position}
   *
   * @param n image
   * @param h row
   * @param w column
   * @param c channel
   */
  public double get(int n, int h, int w, int c) {
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
  public void set(int n, int h, int w, int c, double value) {
    data[index(n, h, w, c)] = value;
  }

  /** Adds to the value at a position. */
  void accumulate(int n, int h, int w, int c, double value) {
    data[index(n, h, w, c)] += value;
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
    return ((n * shape.h() + h) * shape.w() + w) * shape.c() + c;
  }

  /** Returns the channel of an index into {@link #data}. */
  int channel(int index) {
    return index % shape.c();
  }
}
