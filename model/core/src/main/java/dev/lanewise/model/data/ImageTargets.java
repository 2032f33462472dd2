package dev.lanewise.model.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What the images of a data set are compared with.
 *
 * @param kind what that is
 * @param names of the classes, labels or numbers
 * @param labels the class of each image; null where images have no one class
 * @param values a value for each name, [images,names]; null where images have one class
 */
record ImageTargets(TargetKind kind, List<String> names, int[] labels, float[] values) {
  /** Returns classes. */
  static ImageTargets classes(int[] labels, List<String> names) {
    return new ImageTargets(TargetKind.CLASS, List.copyOf(names), labels, null);
  }

  /** Returns labels, of values 0 and 1, or numbers, of any. */
  static ImageTargets of(TargetKind kind, float[] values, List<String> names) {
    return new ImageTargets(kind, List.copyOf(names), null, values);
  }

  int size() {
    return kind == TargetKind.CLASS ? labels.length : values.length / names.size();
  }

  int label(int index) {
    if (kind != TargetKind.CLASS) {
      throw new DataException("images with " + kind.text() + " each have no one class");
    }
    return labels[index];
  }

  /** Copies an image's values. */
  void copy(int index, float[] dst, int offset) {
    System.arraycopy(values, index * names.size(), dst, offset, names.size());
  }

  /** Returns those of some images. */
  ImageTargets select(int[] indices) {
    if (kind == TargetKind.CLASS) {
      return classes(IntStream.of(indices).map(i -> labels[i]).toArray(), names);
    }
    float[] chosen = new float[indices.length * names.size()];
    for (int i = 0; i < indices.length; i++) {
      copy(indices[i], chosen, i * names.size());
    }
    return of(kind, chosen, names);
  }

  /** Returns these and those of further images, of the same kind and names. */
  ImageTargets and(ImageTargets more) {
    if (kind == TargetKind.CLASS) {
      return classes(
          IntStream.concat(IntStream.of(labels), IntStream.of(more.labels)).toArray(), names);
    }
    float[] all = Arrays.copyOf(values, values.length + more.values.length);
    System.arraycopy(more.values, 0, all, values.length, more.values.length);
    return of(kind, all, names);
  }

  /** Holds out the same share of every class, or where images have no one class, of all. */
  StratifiedSplit split(double share, long seed) {
    return kind == TargetKind.CLASS
        ? StratifiedSplit.of(labels, names.size(), share, seed)
        : StratifiedSplit.of(new int[size()], 1, share, seed);
  }

  /** Returns "6 classes (180 each)", "3 labels (12 to 80 images each)" or "2 numbers". */
  String describe() {
    return switch (kind) {
      case CLASS -> count(names.size(), "class", "classes") + " (" + spread() + " each)";
      case LABELS -> count(names.size(), "label", "labels") + " (" + spread() + " images each)";
      case VALUES -> count(names.size(), "number", "numbers");
    };
  }

  private static String count(int n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }

  /** Returns how many images each class or label has: one number, or the least and the most. */
  private String spread() {
    int[] counts = new int[names.size()];
    for (int i = 0; i < size(); i++) {
      if (kind == TargetKind.CLASS) {
        counts[labels[i]]++;
      } else {
        for (int c = 0; c < counts.length; c++) {
          counts[c] += values[i * counts.length + c] > 0.5 ? 1 : 0;
        }
      }
    }
    int least = IntStream.of(counts).min().orElse(0);
    int most = IntStream.of(counts).max().orElse(0);
    return least == most
        ? Integer.toString(least)
        : String.format(Locale.ROOT, "%d to %d", least, most);
  }
}
