package dev.lanewise.model.data;

import java.util.List;
import java.util.Locale;

/** What all data sets of RGB images know: their labels, classes and one size. */
abstract class LabelledImages implements ImageDataset {
  private static final int CHANNELS = 3;

  final int[] labels;
  final int height;
  final int width;
  final List<String> classNames;
  private final String description;

  /** Takes over the labels; {@code source} starts the description. */
  LabelledImages(String source, int[] labels, int height, int width, List<String> classNames) {
    this.labels = labels;
    this.height = height;
    this.width = width;
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
        "%s: %d %s %dx%dx%d, %d classes (%s)",
        source,
        labels.length,
        labels.length == 1 ? "image" : "images",
        height,
        width,
        CHANNELS,
        classNames.size(),
        spread);
  }

  @Override
  public final int size() {
    return labels.length;
  }

  @Override
  public final int height() {
    return height;
  }

  @Override
  public final int width() {
    return width;
  }

  @Override
  public final int channels() {
    return CHANNELS;
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
