package dev.lanewise.model.data;

import java.util.stream.IntStream;

/** Images that lie decoded in memory, one array of [H, W, C] bytes each. */
final class StoredImages extends LabelledImages {
  private final String source;
  private final byte[][] images;

  /** Takes over the arrays; {@code source} starts the description. */
  StoredImages(String source, byte[][] images, ImageTargets targets, ImageShape shape) {
    super(source, targets, shape);
    this.source = source;
    this.images = images;
  }

  /** Returns some of the images, which are shared and not copied. */
  StoredImages select(String sourceSuffix, int[] indices) {
    return new StoredImages(
        source + sourceSuffix,
        IntStream.of(indices).mapToObj(i -> images[i]).toArray(byte[][]::new),
        targets.select(indices),
        shape);
  }

  @Override
  public void read(int index, byte[] dst, int offset) {
    System.arraycopy(images[index], 0, dst, offset, images[index].length);
  }

  @Override
  public long storedBytes() {
    return (long) images.length * shape.size();
  }
}
