package dev.lanewise.model.augment;

/** Where images come from. Several threads may read at the same time. */
public interface ImageSource {
  /** {@return the number of images, which is never 0} */
  int size();

  /**
   * Copies an image's pixels.
   *
   * @param index the image, from 0 to {@code size() - 1}
   * @param dst receives its unsigned bytes, [H, W, C] row-major
   * @param offset index of the first byte in {@code dst}
   */
  void read(int index, byte[] dst, int offset);
}
