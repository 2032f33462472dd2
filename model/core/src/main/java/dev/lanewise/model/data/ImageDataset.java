package dev.lanewise.model.data;

import dev.lanewise.model.augment.ImageSource;
import java.util.List;

/**
 * Labelled images of one shape. Implementations may be read by several threads at the same time,
 * and return the same bytes each time.
 */
public interface ImageDataset extends ImageSource {
  /** {@return the number of images, which is never 0} */
  @Override
  int size();

  /** {@return the height, width and channels of every image} */
  ImageShape shape();

  /** {@return the names of the classes; a label is an index into this list} */
  List<String> classNames();

  /**
   * Returns an image's label.
   *
   * @param index the image, from 0 to {@code size() - 1}
   * @return a label from 0 to {@code classNames().size() - 1}
   */
  int label(int index);

  /**
   * Copies an image's pixels.
   *
   * @param index the image, from 0 to {@code size() - 1}
   * @param dst receives {@code shape().size()} unsigned bytes, [H, W, C] row-major
   * @param offset index of the first byte in {@code dst}
   * @throws DataException where the image cannot be read
   */
  @Override
  void read(int index, byte[] dst, int offset);

  /** {@return the bytes of memory that the images take for good; 0 where they are read anew} */
  default long storedBytes() {
    return 0;
  }

  /** {@return one line for the user: where the images come from, how many, their size, classes} */
  String description();
}
