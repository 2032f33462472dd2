package dev.lanewise.cli;

import dev.lanewise.model.data.ImageShape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Many images of one shape in one, in rows and columns. */
final class ContactSheet {
  /** Smaller images are enlarged, in whole steps, so that their pixels can be seen. */
  private static final int LEAST_SIDE = 96;

  private static final int MOST_SIDE = 256;
  private static final int GAP = 4;

  private final ImageShape shape;
  private final int cellHeight;
  private final int cellWidth;
  private final BufferedImage sheet;

  ContactSheet(ImageShape shape, int rows, int columns) {
    this.shape = shape;
    int side = Math.max(shape.height(), shape.width());
    double scale = side > MOST_SIDE ? MOST_SIDE / (double) side : Math.ceilDiv(LEAST_SIDE, side);
    cellHeight = (int) Math.max(1, Math.round(scale * shape.height()));
    cellWidth = (int) Math.max(1, Math.round(scale * shape.width()));
    sheet =
        new BufferedImage(
            GAP + columns * (cellWidth + GAP),
            GAP + rows * (cellHeight + GAP),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.dispose();
  }

  /**
   * Puts an image into its place.
   *
   * @param pixels unsigned bytes, [H, W, C]
   */
  void put(int row, int column, byte[] pixels) {
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        image.setRGB(x, y, argb(pixels, (y * shape.width() + x) * shape.channels()));
      }
    }
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        cellHeight < shape.height()
            ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
            : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    graphics.drawImage(
        image,
        GAP + column * (cellWidth + GAP),
        GAP + row * (cellHeight + GAP),
        cellWidth,
        cellHeight,
        null);
    graphics.dispose();
  }

  private int argb(byte[] pixels, int at) {
    boolean grey = shape.channels() == ImageShape.GREY;
    int red = pixels[at] & 255;
    int green = grey ? red : pixels[at + 1] & 255;
    int blue = grey ? red : pixels[at + 2] & 255;
    int alpha = shape.channels() == ImageShape.RGBA ? pixels[at + 3] & 255 : 255;
    return alpha << 24 | red << 16 | green << 8 | blue;
  }

  BufferedImage image() {
    return sheet;
  }
}
