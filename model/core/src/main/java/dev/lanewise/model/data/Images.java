package dev.lanewise.model.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes images and brings them to a network's input size.
 *
 * <p>Grey images get three equal channels, inks of CMYK are light taken away, 16 bits are rounded
 * to 8, transparent pixels are laid over white. As in Keras, an embedded colour profile and the
 * EXIF orientation are ignored. An image is stretched to the size wanted, by bicubic convolution
 * that does not alias.
 */
public final class Images {
  private static final int CHANNELS = 3;

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
    byte[] encoded = readBytes(file);
    BufferedImage image;
    try {
      image = decode(file, encoded);
    } catch (IOException | RuntimeException e) {
      if (e instanceof DataException known) {
        throw known;
      }
      throw new DataException(
          "image " + file + " is damaged or of an unsupported kind: " + reason(e), e);
    }
    return toBytes(image, height, width);
  }

  /**
   * Converts an image as {@link #load} does.
   *
   * @param image the image, unchanged
   * @param height height that the image is resized to
   * @param width width that the image is resized to
   * @return height x width x 3 unsigned bytes: red, green, blue of each pixel
   */
  public static byte[] toBytes(BufferedImage image, int height, int width) {
    return Bicubic.resize(
        pixels(image), image.getHeight(), image.getWidth(), height, width, CHANNELS);
  }

  private static byte[] readBytes(Path file) {
    if (!Files.exists(file)) {
      throw new DataException("there is no image " + file);
    }
    if (!Files.isRegularFile(file)) {
      throw new DataException("image " + file + " is not a file");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException | OutOfMemoryError e) {
      throw new DataException("image " + file + " cannot be read: " + reason(e), e);
    }
  }

  private static BufferedImage decode(Path file, byte[] encoded) throws IOException {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new DataException(
            "image "
                + file
                + " cannot be decoded: wanted a JPEG or PNG, got "
                + (encoded.length == 0 ? "an empty file" : "something else"));
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        long size = (long) reader.getWidth(0) * reader.getHeight(0) * CHANNELS;
        if (size > Integer.MAX_VALUE) {
          throw DataException.of(
              "image %s is too large: %d x %d pixels",
              file, reader.getWidth(0), reader.getHeight(0));
        }
        // The decoder fills in for what a cut JPEG lacks and only warns of it.
        reader.addIIOReadWarningListener(
            (source, warning) -> {
              String text = warning.toLowerCase(Locale.ROOT);
              if (text.contains("truncated") || text.contains("premature")) {
                throw new DataException("image " + file + " is truncated");
              }
            });
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    }
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  /** Returns an image's pixels as [H, W, 3]. */
  private static byte[] pixels(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] dst = new byte[Math.multiplyExact(Math.multiplyExact(height, width), CHANNELS)];
    boolean plain = hasPlainSamples(image.getColorModel());
    int bands = image.getRaster().getNumBands();
    int[] row = new int[width * Math.max(bands, 1)];
    for (int h = 0; h < height; h++) {
      int at = h * width * CHANNELS;
      if (plain) {
        boolean inks = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK;
        copySamples(image.getRaster(), inks, h, row, dst, at);
      } else {
        image.getRGB(0, h, width, 1, row, 0, width);
        for (int w = 0; w < width; w++, at += CHANNELS) {
          putPixel(
              dst, at, row[w] >> 16 & 255, row[w] >> 8 & 255, row[w] & 255, row[w] >>> 24, 255);
        }
      }
    }
    return dst;
  }

  /**
   * Returns whether samples can be taken as they are: getRGB would convert colour profiles, and
   * takes grey and CMYK to be linear light, which makes them lighter than they were in the file.
   */
  private static boolean hasPlainSamples(ColorModel model) {
    int type = model.getColorSpace().getType();
    int transfer = model.getTransferType();
    return model instanceof ComponentColorModel
        && !model.isAlphaPremultiplied()
        && (type == ColorSpace.TYPE_GRAY
            || type == ColorSpace.TYPE_RGB
            || type == ColorSpace.TYPE_CMYK)
        && (transfer == DataBuffer.TYPE_BYTE || transfer == DataBuffer.TYPE_USHORT);
  }

  private static void copySamples(
      Raster raster, boolean inks, int h, int[] row, byte[] dst, int offset) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int max = raster.getTransferType() == DataBuffer.TYPE_BYTE ? 255 : 65535;
    raster.getPixels(raster.getMinX(), raster.getMinY() + h, width, 1, row);
    int at = offset;
    for (int i = 0; i < width * bands; i += bands, at += CHANNELS) {
      if (inks) {
        for (int c = 0; c < CHANNELS; c++) {
          dst[at + c] = product(max - row[i + c], max - row[i + CHANNELS], max);
        }
      } else {
        int green = bands < CHANNELS ? i : i + 1;
        int blue = bands < CHANNELS ? i : i + 2;
        int alpha = bands % 2 == 0 ? row[i + bands - 1] : max;
        putPixel(dst, at, row[i], row[green], row[blue], alpha, max);
      }
    }
  }

  /** Lays a colour of samples 0 to max over white. */
  private static void putPixel(
      byte[] dst, int at, int red, int green, int blue, int alpha, int max) {
    dst[at] = overWhite(red, alpha, max);
    dst[at + 1] = overWhite(green, alpha, max);
    dst[at + 2] = overWhite(blue, alpha, max);
  }

  private static byte overWhite(int sample, int alpha, int max) {
    if (alpha == max && max == 255) {
      return (byte) sample;
    }
    // White less what the colour takes away from it, as far as it covers it.
    return (byte) ~product(max - sample, alpha, max);
  }

  /** Returns a / max * b / max as a byte. */
  private static byte product(int a, int b, int max) {
    long whole = (long) max * max;
    return (byte) (((long) a * b * 255 + whole / 2) / whole);
  }
}
