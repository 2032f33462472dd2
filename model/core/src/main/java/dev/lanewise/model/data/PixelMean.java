package dev.lanewise.model.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pixels / 255, less the mean image of the training: what Keras's example {@code cifar10_resnet.py}
 * calls {@code subtract_pixel_mean}.
 */
public final class PixelMean implements Preprocessing {
  private static final Pattern TEXT =
      Pattern.compile(
          "pixels / 255 - float32 \\[(\\d{1,5}),(\\d{1,5}),(\\d)\\] in base64 ([A-Za-z0-9+/=]+)");

  private final ImageShape shape;
  private final float[] mean;

  private PixelMean(ImageShape shape, float[] mean) {
    this.shape = shape;
    this.mean = mean;
  }

  /**
   * {@return the preprocessing that subtracts the mean of images}
   *
   * @param images those that a network is trained with, without their augmentation
   * @throws DataException where one cannot be read
   */
  public static PixelMean of(ImageDataset images) {
    ImageShape shape = images.shape();
    byte[] pixels = new byte[shape.size()];
    long[] sums = new long[pixels.length];
    for (int n = 0; n < images.size(); n++) {
      images.read(n, pixels, 0);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += pixels[i] & 255;
      }
    }
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / (255.0 * images.size()));
    }
    return new PixelMean(shape, mean);
  }

  static Optional<Preprocessing> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      ImageShape shape =
          new ImageShape(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)));
      byte[] bytes = Base64.getDecoder().decode(matcher.group(4));
      float[] mean = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(mean);
      return bytes.length == Math.multiplyExact(shape.size(), Float.BYTES)
          ? Optional.of(new PixelMean(shape, mean))
          : Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  @Override
  public String text() {
    ByteBuffer bytes = ByteBuffer.allocate(mean.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(mean);
    return String.format(
        Locale.ROOT,
        "pixels / 255 - float32 [%d,%d,%d] in base64 %s",
        shape.height(),
        shape.width(),
        shape.channels(),
        Base64.getEncoder().encodeToString(bytes.array()));
  }

  @Override
  public String formula() {
    return "pixels / 255 - mean image of " + shape;
  }

  @Override
  public boolean takes(ImageShape images) {
    return images.equals(shape);
  }

  @Override
  public String required() {
    return "images of " + shape;
  }

  @Override
  public void apply(byte[] src, float[] dst, int offset, int channels) {
    if (src.length != mean.length || channels != shape.channels()) {
      throw new IllegalArgumentException(
          "the preprocessing '"
              + formula()
              + "' requires "
              + required()
              + ", got "
              + src.length
              + " values of "
              + channels
              + " channels");
    }
    for (int i = 0; i < mean.length; i++) {
      dst[offset + i] = (src[i] & 255) / 255f - mean[i];
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PixelMean that
        && shape.equals(that.shape)
        && Arrays.equals(mean, that.mean);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(mean);
  }

  @Override
  public String toString() {
    return formula();
  }
}
