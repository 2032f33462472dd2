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

  /** Returns a tensor of zeros. */
  public static ReferenceTensor zeros(Shape shape) {
    return new ReferenceTensor(new double[shape.size()], shape);
  }

  /** Returns a tensor over the given values, which are not copied. */
  public static ReferenceTensor of(Shape shape, double... values) {
    return new ReferenceTensor(values, shape);
  }

  /** Returns a float tensor's values as doubles. */
  public static ReferenceTensor of(Tensor tensor) {
    return new ReferenceTensor(doubles(tensor.toArray()), tensor.shape());
  }

  /** Returns floats as doubles: weights, biases and the like. */
  public static double[] doubles(float... values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** Returns doubles rounded to floats. */
  public static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Returns the values rounded to floats. */
  public Tensor toTensor() {
    return new Tensor(floats(data), 0, shape);
  }

  /** Returns the value at a position. */
  public double get(int n, int h, int w, int c) {
    return data[index(n, h, w, c)];
  }

  /** Changes the value at a position. */
  public void set(int n, int h, int w, int c, double value) {
    data[index(n, h, w, c)] = value;
  }

  /** Adds to the value at a position. */
  void accumulate(int n, int h, int w, int c, double value) {
    data[index(n, h, w, c)] += value;
  }

  /** Returns the index into {@link #data} of a position. */
  public int index(int n, int h, int w, int c) {
    return ((n * shape.h() + h) * shape.w() + w) * shape.c() + c;
  }

  /** Returns the channel of an index into {@link #data}. */
  int channel(int index) {
    return index % shape.c();
  }
}
