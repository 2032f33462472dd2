package dev.lanewise.model.data;

import dev.lanewise.model.augment.ImageSource;
import java.util.Arrays;
import java.util.List;

/**
 * Images of one shape, and what each is to be taken for: one of several classes or, where {@link
 * #targetKind} says so, any number of labels, or numbers. Implementations may be read by several
 * threads at the same time, and return the same bytes each time.
 */
public interface ImageDataset extends ImageSource {
  /** {@return the number of images, which is never 0} */
  @Override
  int size();

  /** {@return the height, width and channels of every image} */
  ImageShape shape();

  /**
   * {@return the names of the classes, labels or numbers; a label is an index into this list, a
   * target has a value for each}
   */
  List<String> classNames();

  /** {@return what an image is compared with} */
  default TargetKind targetKind() {
    return TargetKind.CLASS;
  }

  /**
   * Returns an image's label.
   *
   * @param index the image, from 0 to {@code size() - 1}
   * @return a label from 0 to {@code classNames().size() - 1}
   * @throws DataException where images have no one class
   */
  int label(int index);

  /**
   * Copies what an image is compared with: its class as 1 among zeros or, as {@link #targetKind}
   * says, a distribution over the classes, 0 or 1 for each label, or numbers.
   *
   * @param index the image, from 0 to {@code size() - 1}
   * @param dst receives {@code classNames().size()} values
   * @param offset index of the first in {@code dst}
   * @throws DataException where they cannot be read
   */
  default void target(int index, float[] dst, int offset) {
    int classes = classNames().size();
    int label = label(index);
    if (label < 0 || label >= classes) {
      throw DataException.of(
          "image %d of %s requires a label from 0 to %d, got %d",
          index, description(), classes - 1, label);
    }
    Arrays.fill(dst, offset, offset + classes, 0);
    dst[offset + label] = 1;
  }

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
