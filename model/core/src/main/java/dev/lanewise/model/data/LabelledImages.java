package dev.lanewise.model.data;

import java.util.List;
import java.util.Locale;

/** What all data sets here know: their labels, classes and one shape. */
abstract class LabelledImages implements ImageDataset {
  final int[] labels;
  final ImageShape shape;
  final List<String> classNames;
  private final String description;

  /** Takes over the labels; {@code source} starts the description. */
  LabelledImages(String source, int[] labels, ImageShape shape, List<String> classNames) {
    this.labels = labels;
    this.shape = shape;
    this.classNames = List.copyOf(classNames);
    this.description = describe(source);
  }

  /** Returns "source: 1080 images 64x64x3, 6 classes (180 each)" or with the least and the most. */
  private String describe(String source) {
    int[] counts = new int[classNames.size()];
    for (int label : labels) {
      counts[label]++;
    }
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int count : counts) {
      least = Math.min(least, count);
      most = Math.max(most, count);
    }
    String spread =
        least == most ? least + " each" : String.format(Locale.ROOT, "%d to %d each", least, most);
    return String.format(
        Locale.ROOT,
        "%s: %d %s %s, %d classes (%s)",
        source,
        labels.length,
        labels.length == 1 ? "image" : "images",
        shape,
        classNames.size(),
        spread);
  }

  @Override
  public final int size() {
    return labels.length;
  }

  @Override
  public final ImageShape shape() {
    return shape;
  }

  @Override
  public final List<String> classNames() {
    return classNames;
  }

  @Override
  public final int label(int index) {
    return labels[index];
  }

  @Override
  public final String description() {
    return description;
  }
}
