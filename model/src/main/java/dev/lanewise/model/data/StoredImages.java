package dev.lanewise.model.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Images that lie decoded in memory, one array of [H, W, 3] bytes each. */
final class StoredImages implements ImageDataset {
  private static final int CHANNELS = 3;

  private final String source;
  private final byte[][] images;
  private final int[] labels;
  private final int height;
  private final int width;
  private final List<String> classNames;
  private final String description;

  /** Takes over the arrays; {@code source} starts the description. */
  StoredImages(
      String source,
      byte[][] images,
      int[] labels,
      int height,
      int width,
      List<String> classNames) {
    this.source = source;
    this.images = images;
    this.labels = labels;
    this.height = height;
    this.width = width;
    this.classNames = List.copyOf(classNames);
    this.description = describe(source, labels, height, width, classNames);
  }

  /** Returns "source: 1080 images 64x64x3, 6 classes (180 each)" or with the least and the most. */
  static String describe(
      String source, int[] labels, int height, int width, List<String> classNames) {
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

  /** Returns some of the images, which are shared and not copied. */
  StoredImages select(String sourceSuffix, int[] indices) {
    return new StoredImages(
        source + sourceSuffix,
        IntStream.of(indices).mapToObj(i -> images[i]).toArray(byte[][]::new),
        IntStream.of(indices).map(i -> labels[i]).toArray(),
        height,
        width,
        classNames);
  }

  @Override
  public int size() {
    return images.length;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int channels() {
    return CHANNELS;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void read(int index, byte[] dst, int offset) {
    System.arraycopy(images[index], 0, dst, offset, images[index].length);
  }

  @Override
  public String description() {
    return description;
  }
}
