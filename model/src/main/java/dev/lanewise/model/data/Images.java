package dev.lanewise.model.data;

import java.awt.image.BufferedImage;
import java.nio.file.Path;

/** Decodes images and brings them to a network's input size. */
public final class Images {
  private Images() {}

  /**
   * Reads a JPEG or PNG file.
   *
   * @param file the file
   * @param height height that the image is resized to
   * @param width width that the image is resized to
   * @return height x width x 3 unsigned bytes: red, green, blue of each pixel
   * @throws DataException where the file is missing, damaged or no such image
   */
  public static byte[] load(Path file, int height, int width) {
    throw new UnsupportedOperationException();
  }

  /** Converts an image as {@link #load} does. */
  public static byte[] toBytes(BufferedImage image, int height, int width) {
    throw new UnsupportedOperationException();
  }
}
