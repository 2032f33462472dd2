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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes images and brings them to a network's input shape.
 *
 * <p>Grey images get three equal channels where colours are asked for, and colours become their
 * luma (ITU-R BT.601) where grey is. Inks of CMYK are light taken away, 16 bits are rounded to 8,
 * transparent pixels are laid over white unless alpha is asked for. As in Keras, an embedded colour
 * profile is ignored. A JPEG stands upright, as its Exif orientation says, where Keras leaves it
 * lying. An image is stretched to the size wanted, by bicubic convolution that does not alias.
 *
 * <p>An image of more than 100 million pixels is refused, since a small file may claim to be one;
 * the system property {@code lanewise.image.maxPixels} allows others.
 */
public final class Images {
  /** The system property that says how many pixels an image may have. */
  public static final String MOST_PIXELS = "lanewise.image.maxPixels";

  private static final long USUAL_MOST_PIXELS = 100_000_000;
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

  private Images() {}

  /**
   * Reads a JPEG or PNG file.
   *
   * @param file the file
   * @param shape the size that it is resized to, and the channels that it is converted to: 1, 3 or
   *     4
   * @return [H, W, C] unsigned bytes, row-major
   * @throws DataException where the file is missing, damaged or no such image, or images are not
   *     read with such a number of channels
   */
  public static byte[] load(Path file, ImageShape shape) {
    return load(file, List.of(shape)).getFirst();
  }

  /**
   * Reads a JPEG or PNG file in several sizes, and decodes it once.
   *
   * @param file the file
   * @param shapes as for {@link #load(Path, ImageShape)}
   * @return [H, W, C] unsigned bytes for each shape, row-major
   * @throws DataException as {@link #load(Path, ImageShape)}
   */
  public static List<byte[]> load(Path file, List<ImageShape> shapes) {
    shapes.forEach(shape -> Channels.require(shape.channels()));
    return decode(file.toString(), readBytes(file), shapes);
  }

  /**
   * Reads a JPEG or PNG image that is in memory already.
   *
   * @param name what messages call it
   * @param encoded what a file of it would hold
   * @param shape as for {@link #load(Path, ImageShape)}
   * @return [H, W, C] unsigned bytes, row-major
   * @throws DataException where the image is damaged or no such image, or images are not read with
   *     such a number of channels
   */
  public static byte[] decode(String name, byte[] encoded, ImageShape shape) {
    Channels.require(shape.channels());
    return decode(name, encoded, List.of(shape)).getFirst();
  }

  private static List<byte[]> decode(String name, byte[] encoded, List<ImageShape> shapes) {
    return read(
        name,
        encoded,
        reader -> {
          BufferedImage image = decode(name, reader);
          ExifOrientation orientation = ExifOrientation.of(encoded);
          return shapes.stream().map(shape -> toBytes(image, orientation, shape)).toList();
        });
  }

  /**
   * {@return whether an image begins as JPEG and PNG files do: no other is read}
   *
   * @param encoded what a file of it would hold
   */
  public static boolean isReadable(byte[] encoded) {
    return startsWith(encoded, JPEG) || startsWith(encoded, PNG);
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  /**
   * {@return the number of pixels that an image says it has, which is not decoded}
   *
   * @param name what messages call it
   * @param encoded what a file of it would hold
   * @throws DataException where the image does not tell, or is neither JPEG nor PNG
   */
  public static long pixels(String name, byte[] encoded) {
    return read(name, encoded, reader -> (long) reader.getWidth(0) * reader.getHeight(0));
  }

  /**
   * Converts an image that stands upright as {@link #load(Path, ImageShape)} does.
   *
   * @param image the image, unchanged
   * @param shape as for {@link #load(Path, ImageShape)}
   * @return [H, W, C] unsigned bytes, row-major
   * @throws DataException where images are not read with such a number of channels
   */
  public static byte[] toBytes(BufferedImage image, ImageShape shape) {
    return toBytes(image, ExifOrientation.UPRIGHT, shape);
  }

  private static byte[] toBytes(
      BufferedImage image, ExifOrientation orientation, ImageShape shape) {
    Channels.require(shape.channels());
    int height = image.getHeight();
    int width = image.getWidth();
    int read = Math.max(ImageShape.RGB, shape.channels());
    byte[] pixels = Channels.convert(pixels(image, read), read, shape.channels());
    byte[] upright = orientation.upright(pixels, height, width, shape.channels());
    return orientation.swaps()
        ? Channels.resize(upright, width, height, shape)
        : Channels.resize(upright, height, width, shape);
  }

  /**
   * {@return the files of a folder, and of those below it, whose names are those of JPEG or PNG
   * images, in the order of their names}
   *
   * @param folder hidden files and folders in it are passed over
   * @throws DataException where it cannot be read
   */
  public static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    for (Path entry : ImageFiles.entries(folder)) {
      if (Files.isDirectory(entry)) {
        files.addAll(files(entry));
      } else if (ImageFiles.isImage(entry)) {
        files.add(entry);
      }
    }
    return files;
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

  /** What is done with a reader that has an image before it. */
  private interface Reading<T> {
    T of(ImageReader reader) throws IOException;
  }

  private static <T> T read(String name, byte[] encoded, Reading<T> reading) {
    try {
      return withReader(name, encoded, reading);
    } catch (OutOfMemoryError e) {
      throw new DataException(
          "the memory is too small for image "
              + name
              + "; make it smaller, or give Java a larger heap with -Xmx",
          e);
    } catch (IOException | RuntimeException e) {
      if (e instanceof DataException known) {
        throw known;
      }
      throw new DataException(
          "image " + name + " is damaged or of an unsupported kind: " + reason(e), e);
    }
  }

  private static <T> T withReader(String name, byte[] encoded, Reading<T> reading)
      throws IOException {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      // Java has readers of other kinds, too.
      if (!isReadable(encoded) || !readers.hasNext()) {
        throw new DataException(
            "image "
                + name
                + " cannot be decoded: requires a JPEG or PNG, got "
                + (encoded.length == 0 ? "an empty file" : "something else"));
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        return reading.of(reader);
      } finally {
        reader.dispose();
      }
    }
  }

  private static BufferedImage decode(String name, ImageReader reader) throws IOException {
    requirePixels(name, reader.getWidth(0), reader.getHeight(0));
    // The decoder fills in for what a cut JPEG lacks and only warns of it.
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          String text = warning.toLowerCase(Locale.ROOT);
          if (text.contains("truncated")) {
            throw new DataException("image " + name + " is truncated");
          }
          if (text.contains("premature")) {
            throw new DataException("image " + name + " is damaged: some of its data are missing");
          }
        });
    return reader.read(0);
  }

  private static void requirePixels(String name, int width, int height) {
    long pixels = (long) width * height;
    long most = Long.getLong(MOST_PIXELS, USUAL_MOST_PIXELS);
    if (pixels > most || pixels * ImageShape.RGBA > Integer.MAX_VALUE) {
      throw DataException.of(
          "image %s is too large: %d x %d pixels, and at most %d are read (--max-pixels,"
              + " or the system property %s)",
          name, width, height, Math.min(most, Integer.MAX_VALUE / ImageShape.RGBA), MOST_PIXELS);
    }
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  /** Returns an image's pixels as [H, W, channels], which are 3, over white, or 4. */
  private static byte[] pixels(BufferedImage image, int channels) {
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] dst = new byte[new ImageShape(height, width, channels).size()];
    boolean plain = hasPlainSamples(image.getColorModel());
    int bands = image.getRaster().getNumBands();
    int[] row = new int[width * Math.max(bands, 1)];
    for (int h = 0; h < height; h++) {
      int at = h * width * channels;
      if (plain) {
        boolean inks = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK;
        copySamples(image.getRaster(), inks, h, row, dst, at, channels);
      } else {
        image.getRGB(0, h, width, 1, row, 0, width);
        for (int w = 0; w < width; w++, at += channels) {
          int argb = row[w];
          putPixel(
              dst, at, channels, argb >> 16 & 255, argb >> 8 & 255, argb & 255, argb >>> 24, 255);
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
      Raster raster, boolean inks, int h, int[] row, byte[] dst, int offset, int channels) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int max = raster.getTransferType() == DataBuffer.TYPE_BYTE ? 255 : 65535;
    raster.getPixels(raster.getMinX(), raster.getMinY() + h, width, 1, row);
    if (bands == ImageShape.RGB && channels == ImageShape.RGB && max == 255) {
      // Most images: there is nothing to divide.
      for (int i = 0; i < width * bands; i++) {
        dst[offset + i] = (byte) row[i];
      }
      return;
    }
    int at = offset;
    for (int i = 0; i < width * bands; i += bands, at += channels) {
      if (inks) {
        int light = max - row[i + 3];
        int red = Channels.product(max - row[i], light, max);
        int green = Channels.product(max - row[i + 1], light, max);
        int blue = Channels.product(max - row[i + 2], light, max);
        putPixel(dst, at, channels, red, green, blue, 255, 255);
      } else {
        int green = bands < ImageShape.RGB ? i : i + 1;
        int blue = bands < ImageShape.RGB ? i : i + 2;
        int alpha = bands % 2 == 0 ? row[i + bands - 1] : max;
        putPixel(dst, at, channels, row[i], row[green], row[blue], alpha, max);
      }
    }
  }

  /** Puts a colour of samples 0 to max: with its alpha, or laid over white. */
  private static void putPixel(
      byte[] dst, int at, int channels, int red, int green, int blue, int alpha, int max) {
    if (channels == ImageShape.RGBA) {
      dst[at] = (byte) Channels.product(red, max, max);
      dst[at + 1] = (byte) Channels.product(green, max, max);
      dst[at + 2] = (byte) Channels.product(blue, max, max);
      dst[at + 3] = (byte) Channels.product(alpha, max, max);
    } else {
      dst[at] = (byte) Channels.overWhite(red, alpha, max);
      dst[at + 1] = (byte) Channels.overWhite(green, alpha, max);
      dst[at + 2] = (byte) Channels.overWhite(blue, alpha, max);
    }
  }
}
