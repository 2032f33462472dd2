package dev.lanewise.model.augment;

/** Where images come from. */
public interface ImageSource {
  /** {@return the number of images} */
  int size();

  /**
   * Copies an image's pixels.
   *
   * @param index the image, from 0 to {@code size() - 1}
   * @param dst receives all its unsigned bytes, [H, W, C] row-major
   */
  void read(int index, byte[] dst);
}
