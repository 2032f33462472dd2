package dev.lanewise.model.data;

import java.nio.file.Path;
import java.util.List;

/** Images too many to be kept in memory, which are decoded from their files each time. */
final class FileImages extends LabelledImages {
  private final List<Path> files;

  FileImages(
      String source, List<Path> files, int[] labels, ImageShape shape, List<String> classNames) {
    super(source + " (read anew each epoch)", labels, shape, classNames);
    this.files = List.copyOf(files);
  }

  @Override
  public void read(int index, byte[] dst, int offset) {
    byte[] image = Images.load(files.get(index), shape);
    System.arraycopy(image, 0, dst, offset, image.length);
  }
}
