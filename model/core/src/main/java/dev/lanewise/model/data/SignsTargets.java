package dev.lanewise.model.data;

import io.jhdf.api.Dataset;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads what the images of a file in the form of SIGNS are compared with: integers of [N] or [1, N]
 * are classes, integers 0 and 1 of [N, K] labels, and floats of [N] or [N, K] numbers.
 */
final class SignsTargets {
  private static final String NAMES = "list_classes";

  private final SignsFile file;
  private final String name;
  private final Dataset y;
  private final int[] shape;

  /**
   * Prepares to read.
   *
   * @param name of the data set
   */
  SignsTargets(SignsFile file, String name) {
    this.file = file;
    this.name = name;
    y = file.dataset(name);
    shape = y.getDimensions();
  }

  /**
   * Reads them.
   *
   * @param images name of the images, for messages
   * @param n how many there are
   * @throws DataException where they are not of this form, or not as many
   */
  ImageTargets read(String images, int n) {
    if (y.getDataType() instanceof FloatingPoint) {
      return values(images, n);
    }
    requireInteger(name, y);
    boolean row = shape.length == 2 && shape[0] == 1 && (n != 1 || shape[1] == 1);
    if (shape.length == 2 && !row) {
      return labels(images, n);
    }
    if (shape.length != 1 && !row) {
      throw file.wrong(
          "%s must have the shape [N] or [1, N], or [N, labels], got %s",
          name, Arrays.toString(shape));
    }
    return classes(images, n);
  }

  private ImageTargets classes(String images, int n) {
    List<String> names = names(2);
    requireImages(images, n, shape[shape.length - 1]);
    Object flat = flat(n);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      long label = ((Number) Array.get(flat, i)).longValue();
      if (label < 0 || label >= names.size()) {
        throw file.wrong(
            "%s must hold labels from 0 to %d (%s has %d classes), got %d at index %d",
            name, names.size() - 1, NAMES, names.size(), label, i);
      }
      labels[i] = (int) label;
    }
    return ImageTargets.classes(labels, names);
  }

  private ImageTargets labels(String images, int n) {
    List<String> names = names(1);
    requireImages(images, n, shape[0]);
    requireNames(names, "labels");
    Object flat = flat(n);
    float[] values = new float[n * names.size()];
    for (int i = 0; i < values.length; i++) {
      long value = ((Number) Array.get(flat, i)).longValue();
      if (value != 0 && value != 1) {
        throw file.wrong(
            "%s must hold 0 or 1 for each label, got %d for '%s' of image %d",
            name, value, names.get(i % names.size()), i / names.size());
      }
      values[i] = value;
    }
    return ImageTargets.of(TargetKind.LABELS, values, names);
  }

  private ImageTargets values(String images, int n) {
    if (shape.length != 1 && shape.length != 2) {
      throw file.wrong(
          "%s must have the shape [N] or [N, numbers], got %s", name, Arrays.toString(shape));
    }
    requireImages(images, n, shape[0]);
    int count = shape.length == 1 ? 1 : shape[1];
    List<String> names =
        file.holds(NAMES)
            ? names(1)
            : IntStream.range(0, count).mapToObj(Integer::toString).toList();
    requireNames(names, "numbers");
    Object flat = flat(n);
    float[] values = new float[n * count];
    for (int i = 0; i < values.length; i++) {
      float value = ((Number) Array.get(flat, i)).floatValue();
      if (!Float.isFinite(value)) {
        throw file.wrong(
            "%s must hold finite numbers, got %s for '%s' of image %d",
            name, value, names.get(i % count), i / count);
      }
      values[i] = value;
    }
    return ImageTargets.of(TargetKind.VALUES, values, names);
  }

  private Object flat(int n) {
    return n == 0 ? new long[0] : y.getDataFlat();
  }

  private void requireImages(String images, int n, int count) {
    if (count != n) {
      throw file.wrong("%s has %d images but %s has %d labels", images, n, name, count);
    }
  }

  private void requireNames(List<String> names, String what) {
    int count = shape.length == 1 ? 1 : shape[1];
    if (names.size() != count) {
      throw file.wrong(
          "%s has %d %s of each image but %s has %d names", name, count, what, NAMES, names.size());
    }
  }

  private List<String> names(int least) {
    Dataset dataset = file.dataset(NAMES);
    int[] extents = dataset.getDimensions();
    boolean strings = dataset.getJavaType() == String.class;
    if (!strings) {
      requireInteger(NAMES, dataset);
    }
    if (extents.length != 1 || extents[0] < least) {
      throw file.wrong(
          "%s must have the shape [classes], at least [%d], got %s",
          NAMES, least, Arrays.toString(extents));
    }
    List<String> names = strings ? ClassTexts.read(dataset) : numbers(dataset);
    if (names.contains("")) {
      throw file.wrong("%s must name each class, got an empty name in %s", NAMES, names);
    }
    if (new LinkedHashSet<>(names).size() < names.size()) {
      throw file.wrong("%s must name each class once, got %s", NAMES, names);
    }
    return names;
  }

  private static List<String> numbers(Dataset dataset) {
    Object values = dataset.getDataFlat();
    return IntStream.range(0, Array.getLength(values))
        .mapToObj(i -> String.valueOf(Array.get(values, i)))
        .toList();
  }

  private void requireInteger(String data, Dataset dataset) {
    if (!(dataset.getDataType() instanceof FixedPoint)) {
      throw file.wrong(
          "%s must hold integers, got %s", data, dataset.getJavaType().getSimpleName());
    }
  }
}
