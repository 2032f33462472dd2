package dev.lanewise.testing;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.IntStream;

/** A file of golden results: arrays by their path, in row-major order. */
public final class Golden implements AutoCloseable {
  private final HdfFile file;

  private Golden(HdfFile file) {
    this.file = file;
  }

  /** Opens a file of the test resources' folder {@code golden}, which also says what is in it. */
  public static Golden open(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
      return new Golden(HdfFile.fromBytes(Objects.requireNonNull(in, name).readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
