package dev.lanewise.model;

import dev.lanewise.model.data.ImageShape;
import java.awt.Color;
import java.awt.image.BufferedImage;

/**
 * How much each place of an image speaks for something.
 *
 * @param height rows of places
 * @param width columns of places
 * @param values of each place, row-major; 0 or more, of a scale that has no meaning by itself
 */
public record HeatMap(int height, int width, float[] values) {
  /** Blue is the hue of what is cold, red, 0, of what is hot. */
  private static final float COLD = 2f / 3;

  /** How much of the colour covers the image. */
  private static final float COVER = 0.5f;

  /**
   * Checks the number of values.
   *
   * @throws IllegalArgumentException where it is not height x width
   */
  public HeatMap {
    if (values.length != height * width) {
      throw new IllegalArgumentException(
          height + "x" + width + " places require as many values, got " + values.length);
    }
  }

  /**
   * {@return the value at a point of the map, between the middles of places by bilinear
   * interpolation, as a share of the largest: from 0 to 1}
   *
   * @param y from 0 at the upper edge to 1 at the lower
   * @param x from 0 at the left edge to 1 at the right
   */
  public float at(double y, double x) {
    return share(y, x, largest());
  }

  private float largest() {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  private float share(double y, double x, float largest) {
    return largest == 0 ? 0 : interpolated(y * height - 0.5, x * width - 0.5) / largest;
  }

  private float interpolated(double row, double column) {
    int h = (int) Math.floor(row);
    int w = (int) Math.floor(column);
    double down = row - h;
    double right = column - w;
    double upper = value(h, w) * (1 - right) + value(h, w + 1) * right;
    double lower = value(h + 1, w) * (1 - right) + value(h + 1, w + 1) * right;
    return (float) (upper * (1 - down) + lower * down);
  }

  private float value(int h, int w) {
    return values[Math.clamp(h, 0, height - 1) * width + Math.clamp(w, 0, width - 1)];
  }

  /**
   * Draws the heat over an image: blue where there is none, red where it is largest.
   *
   * @param pixels [H,W,3] unsigned bytes
   * @param shape of the pixels, with 3 channels
   * @return an image of that shape
   */
  public BufferedImage over(byte[] pixels, ImageShape shape) {
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    float largest = largest();
    for (int h = 0; h < shape.height(); h++) {
      for (int w = 0; w < shape.width(); w++) {
        float share = share((h + 0.5) / shape.height(), (w + 0.5) / shape.width(), largest);
        int colour = Color.HSBtoRGB(COLD * (1 - share), 1, 1);
        int at = (h * shape.width() + w) * ImageShape.RGB;
        int mixed = 0;
        for (int c = 0; c < ImageShape.RGB; c++) {
          int heat = colour >> 16 - 8 * c & 255;
          mixed = mixed << 8 | Math.round(COVER * heat + (1 - COVER) * (pixels[at + c] & 255));
        }
        image.setRGB(w, h, mixed);
      }
    }
    return image;
  }
}
