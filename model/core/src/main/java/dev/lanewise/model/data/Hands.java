package dev.lanewise.model.data;

import dev.lanewise.model.random.SplitMix;
import java.awt.AWTError;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The embedded data set: cartoon hands that hold up 0 to 5 fingers, drawn by the program, so that
 * training works with no file at all. Hands differ in pose, proportions, which fingers are up,
 * skin, sleeve and side; scenes in background, clutter, light, blur and noise.
 *
 * <p>Image i of a part depends on (seed, part, i) alone. The same Java release draws the same bytes
 * on one platform; elsewhere the anti-aliased edges may differ in the lowest bits.
 */
final class Hands {
  static final int TRAIN_SIZE = 1080;
  static final int TEST_SIZE = 120;

  /** The parts draw from different streams of the seed, so no image is in both. */
  static final int TRAIN_STREAM = 2;

  static final int TEST_STREAM = 3;

  private static final int CHANNELS = ImageShape.RGB;
  private static final List<String> CLASS_NAMES = List.of("0", "1", "2", "3", "4", "5");

  /** Images are drawn at twice their size up to this one; larger ones are scaled up from it. */
  private static final int MAX_CANVAS = 256;

  private static final int MIN_CANVAS = 64;

  private Hands() {}

  /**
   * Draws a part.
   *
   * @param part its name, for the description
   * @param size number of images; the classes take turns
   * @throws DataException where Java2D does not work
   */
  static StoredImages draw(String part, int size, ImageShape shape, long seed, int stream) {
    Channels.require(shape.channels());
    requireDrawing();
    byte[][] images =
        ParallelLoad.images(
            size,
            LoadListener.NONE,
            i -> image(i % CLASS_NAMES.size(), shape, SplitMix.of(seed, stream, i)));
    int[] labels = IntStream.range(0, size).map(i -> i % CLASS_NAMES.size()).toArray();
    return new StoredImages(
        "drawn hands, " + part + ", seed " + seed,
        images,
        ImageTargets.classes(labels, CLASS_NAMES),
        shape);
  }

  /** Java2D looks for the display even to draw into memory, unless it is told not to. */
  private static void requireDrawing() {
    try {
      new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().dispose();
    } catch (AWTError | LinkageError e) {
      throw new DataException(
          "cannot draw the embedded data set because Java finds no display: start it with"
              + " -Djava.awt.headless=true",
          e);
    }
  }

  private static byte[] image(int fingers, ImageShape shape, SplitMix random) {
    int height = shape.height();
    int width = shape.width();
    int side = Math.clamp(2 * Math.max(height, width), MIN_CANVAS, MAX_CANVAS);
    BufferedImage canvas = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = canvas.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      // The painters see a square from -1 to 1, y downwards.
      graphics.scale(side / 2.0, side / 2.0);
      graphics.translate(1, 1);
      new SceneryPainter(graphics, random).paint();
      new HandPainter(graphics, random).paint(fingers);
    } finally {
      graphics.dispose();
    }
    byte[] pixels = Images.toBytes(canvas, ImageShape.rgb(height, width));
    if (random.chance(0.3)) {
      pixels = blur(pixels, height, width, random.range(0.05, 0.2));
    }
    light(pixels, height, width, random);
    return Channels.convert(pixels, CHANNELS, shape.channels());
  }

  /** Mixes each pixel with its four neighbours, of which each gets the given weight. */
  private static byte[] blur(byte[] src, int height, int width, double weight) {
    byte[] dst = new byte[src.length];
    int row = width * CHANNELS;
    for (int i = 0; i < src.length; i++) {
      int h = i / row;
      int w = i % row / CHANNELS;
      int around =
          (src[h > 0 ? i - row : i] & 255)
              + (src[h < height - 1 ? i + row : i] & 255)
              + (src[w > 0 ? i - CHANNELS : i] & 255)
              + (src[w < width - 1 ? i + CHANNELS : i] & 255);
      dst[i] = (byte) Math.rint((src[i] & 255) * (1 - 4 * weight) + around * weight);
    }
    return dst;
  }

  /** Light that falls off across the image, its colour, exposure and contrast, and sensor noise. */
  private static void light(byte[] pixels, int height, int width, SplitMix random) {
    double slopeX = random.range(-0.15, 0.15);
    double slopeY = random.range(-0.15, 0.15);
    double exposure = random.range(0.85, 1.15);
    double contrast = random.range(0.9, 1.15);
    double noise = random.range(1, 5);
    double[] tint = new double[CHANNELS];
    for (int c = 0; c < CHANNELS; c++) {
      tint[c] = exposure * random.range(0.93, 1.07);
    }
    for (int i = 0; i < pixels.length; i++) {
      double x = 2.0 * (i / CHANNELS % width) / width - 1;
      double y = 2.0 * (i / CHANNELS / width) / height - 1;
      double lit = (pixels[i] & 255) * tint[i % CHANNELS] * (1 + slopeX * x + slopeY * y);
      double value = 128 + (lit - 128) * contrast + noise * random.gaussian();
      pixels[i] = (byte) Math.rint(Math.clamp(value, 0, 255));
    }
  }
}
