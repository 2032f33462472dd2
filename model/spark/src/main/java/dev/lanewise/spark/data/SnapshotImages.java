package dev.lanewise.spark.data;

import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Images;
import java.util.List;

/** Images of a snapshot, which are decoded whenever they are read. */
final class SnapshotImages implements ImageDataset {
  private final SnapshotFiles files;
  private final String name;
  private final int[] images;
  private final ImageShape shape;

  /**
   * Takes some images.
   *
   * @param name what the description calls them
   * @param images their numbers
   */
  SnapshotImages(SnapshotFiles files, String name, int[] images, ImageShape shape) {
    this.files = files;
    this.name = name;
    this.images = images;
    this.shape = shape;
  }

  @Override
  public int size() {
    return images.length;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return files.classNames();
  }

  @Override
  public int label(int index) {
    return files.label(images[index]);
  }

  @Override
  public void read(int index, byte[] dst, int offset) {
    SnapshotFiles.Stored stored = files.read(images[index]);
    byte[] pixels = Images.decode("of row " + stored.id(), stored.bytes(), shape);
    System.arraycopy(pixels, 0, dst, offset, pixels.length);
  }

  @Override
  public String description() {
    return String.format(
        "%s of the snapshot %s: %d images, read as %s, %d classes",
        name, files.folder(), images.length, shape, classNames().size());
  }
}
