package dev.lanewise.model.report;

import dev.lanewise.model.data.ImageShape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Many images of one shape in one, in rows and columns. */
final class ContactSheet {
  private static final int GAP = 4;

  /** Pixels that a frame is wide: the gap has room for it. */
  private static final int FRAME = 2;

  private final ImageShape shape;
  private final int cellHeight;
  private final int cellWidth;
  private final BufferedImage sheet;

  /**
   * Makes an empty sheet.
   *
   * @param leastSide smaller images are enlarged, in whole steps, so that their pixels can be seen
   * @param mostSide larger ones are made smaller
   */
  ContactSheet(ImageShape shape, int rows, int columns, int leastSide, int mostSide) {
    this.shape = shape;
    int side = Math.max(shape.height(), shape.width());
    double scale = side > mostSide ? mostSide / (double) side : Math.ceilDiv(leastSide, side);
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
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        cellHeight < shape.height()
            ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
            : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    graphics.drawImage(
        Pictures.image(pixels, shape),
        GAP + column * (cellWidth + GAP),
        GAP + row * (cellHeight + GAP),
        cellWidth,
        cellHeight,
        null);
    graphics.dispose();
  }

  /** Draws a frame around a place, within the gaps beside it. */
  void frame(int row, int column) {
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.BLACK);
    for (int i = 1; i <= FRAME; i++) {
      graphics.drawRect(
          GAP + column * (cellWidth + GAP) - i,
          GAP + row * (cellHeight + GAP) - i,
          cellWidth + 2 * i - 1,
          cellHeight + 2 * i - 1);
    }
    graphics.dispose();
  }

  BufferedImage image() {
    return sheet;
  }
}
