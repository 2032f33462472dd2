package dev.lanewise.spark.data;

import java.io.Serializable;

/**
 * Where a DataFrame has its images.
 *
 * @param image the column of the images: JPEG or PNG files as bytes, as the source {@code
 *     binaryFile} gives them, or decoded ones, as {@code image} does
 * @param label the column of the classes: texts, or whole numbers of any type
 * @param id the column of what tells the rows apart, by which they are ordered and which messages
 *     name; null for the SHA-256 of the image
 * @param validation the column that is true where an image is held out of training; null where none
 *     says so
 */
public record ImageColumns(String image, String label, String id, String validation)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * {@return columns without names for the rows and without images that are held out}
   *
   * @param image the column of the images
   * @param label the column of the classes
   */
  public static ImageColumns of(String image, String label) {
    return new ImageColumns(image, label, null, null);
  }

  /**
   * {@return these columns with one that tells the rows apart}
   *
   * @param column texts, as {@code path} of {@code binaryFile}, or numbers; null for none
   */
  public ImageColumns withId(String column) {
    return new ImageColumns(image, label, column, validation);
  }

  /**
   * {@return these columns with one that holds images out of training}
   *
   * @param column of booleans; null for none
   */
  public ImageColumns withValidation(String column) {
    return new ImageColumns(image, label, id, column);
  }
}
