package dev.lanewise.model.data;

import java.nio.file.Path;
import java.util.List;

/** Images too many to be kept in memory, which are decoded from their files each time. */
final class FileImages implements ImageDataset {
  private static final int CHANNELS = 3;

  private final List<Path> files;
  private final int[] labels;
  private final int height;
  private final int width;
  private final List<String> classNames;
  private final String description;

  FileImages(
      String source,
      List<Path> files,
      int[] labels,
      int height,
      int width,
      List<String> classNames) {
    this.files = List.copyOf(files);
    this.labels = labels;
    this.height = height;
    this.width = width;
    this.classNames = List.copyOf(classNames);
    this.description =
        StoredImages.describe(
            source + " (read anew each epoch)", labels, height, width, classNames);
  }

  @Override
  public int size() {
    return labels.length;
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
    byte[] image = Images.load(files.get(index), height, width);
    System.arraycopy(image, 0, dst, offset, image.length);
  }

  @Override
  public String description() {
    return description;
  }
}
