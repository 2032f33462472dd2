package dev.lanewise.model.report;

import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Images of a data set, and addresses that hold them. */
public final class Pictures {
  /** The longer side of a picture at most: twice what it takes on the page, for fine screens. */
  private static final int MOST = 192;

  private Pictures() {}

  /** Returns an image as the address of a PNG, made smaller where it is large. */
  static String address(ImageDataset images, int index) {
    ImageShape shape = images.shape();
    byte[] bytes = new byte[shape.size()];
    images.read(index, bytes, 0);
    return address(smaller(image(bytes, shape)));
  }

  /** Returns an image as the address of a PNG. */
  static String address(BufferedImage image) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(image));
  }

  /**
   * {@return the bytes of a PNG file}
   *
   * @param image what it shows
   */
  public static byte[] png(BufferedImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all bytes", e);
    }
    return png.toByteArray();
  }

  /** Returns pixels as an image: three colours, with opacity, else the first channel in grey. */
  static BufferedImage image(byte[] bytes, ImageShape shape) {
    int channels = shape.channels();
    boolean coloured = channels == ImageShape.RGB || channels == ImageShape.RGBA;
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < shape.height() * shape.width(); i++) {
      int at = i * channels;
      int red = bytes[at] & 255;
      int green = coloured ? bytes[at + 1] & 255 : red;
      int blue = coloured ? bytes[at + 2] & 255 : red;
      int alpha = channels == ImageShape.RGBA ? bytes[at + 3] & 255 : 255;
      image.setRGB(
          i % shape.width(), i / shape.width(), alpha << 24 | red << 16 | green << 8 | blue);
    }
    return image;
  }

  private static BufferedImage smaller(BufferedImage image) {
    int longer = Math.max(image.getWidth(), image.getHeight());
    if (longer <= MOST) {
      return image;
    }
    int width = Math.max(1, image.getWidth() * MOST / longer);
    int height = Math.max(1, image.getHeight() * MOST / longer);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }
}
