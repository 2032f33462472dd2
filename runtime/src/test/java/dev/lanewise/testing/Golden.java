package dev.lanewise.testing;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.util.stream.IntStream;

/** A file of golden results: arrays by their path, in row-major order. */
public final class Golden implements AutoCloseable {
  private final HdfFile file;

  private Golden(HdfFile file) {
    this.file = file;
  }

  /**
   * Opens a file of the shared folder {@code golden}; where it is absent see {@link Shared#file}.
   */
  public static Golden open(String name) {
    return new Golden(new HdfFile(Shared.file("golden", name)));
  }

  /** Returns a float32 or float64 array as doubles. */
  public double[] doubles(String path) {
    Object flat = dataset(path).getDataFlat();
    if (flat instanceof float[] floats) {
      return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
    }
    return (double[]) flat;
  }

  /** Returns a float32 array. */
  public float[] floats(String path) {
    return (float[]) dataset(path).getDataFlat();
  }

  /** Returns an array of bytes or integers, which may be unsigned, as ints. */
  public int[] ints(String path) {
    Object flat = dataset(path).getDataFlat();
    int[] values = new int[java.lang.reflect.Array.getLength(flat)];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((Number) java.lang.reflect.Array.get(flat, i)).intValue();
    }
    return values;
  }

  /** Returns the extents of an array. */
  public int[] shape(String path) {
    return dataset(path).getDimensions();
  }

  private Dataset dataset(String path) {
    return file.getDatasetByPath(path);
  }

  @Override
  public void close() {
    file.close();
  }
}
