package dev.lanewise.spark.data;

import dev.lanewise.model.data.DataException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Images as Spark's source {@code image} decodes them: rows of blue, green, red bytes. */
public final class DecodedImages {
  private static final List<String> FIELDS = List.of("height", "width", "nChannels", "data");
  private static final int GREY = 1;
  private static final int COLOURS = 3;
  private static final int WITH_ALPHA = 4;

  private DecodedImages() {}

  /** {@return whether a column's type is that of such images} */
  static boolean isType(DataType type) {
    return type instanceof StructType struct && List.of(struct.fieldNames()).containsAll(FIELDS);
  }

  /**
   * {@return such an image as a PNG, without loss; null for null}
   *
   * @param image its row
   * @throws DataException where it is none
   */
  public static byte[] png(Row image) {
    if (image == null) {
      return null;
    }
    int height = image.getInt(image.fieldIndex("height"));
    int width = image.getInt(image.fieldIndex("width"));
    int channels = image.getInt(image.fieldIndex("nChannels"));
    byte[] data = image.getAs("data");
    if (height < 1
        || width < 1
        || channels != GREY && channels != COLOURS && channels != WITH_ALPHA
        || data.length != (long) height * width * channels) {
      throw new DataException(
          String.format(
              "a decoded image requires 1, 3 or 4 channels and as many bytes as it says, got %d x"
                  + " %d pixels of %d channels in %d bytes",
              height, width, channels, data.length));
    }
    BufferedImage picture =
        new BufferedImage(
            width,
            height,
            switch (channels) {
              case GREY -> BufferedImage.TYPE_BYTE_GRAY;
              case COLOURS -> BufferedImage.TYPE_3BYTE_BGR;
              default -> BufferedImage.TYPE_INT_ARGB;
            });
    if (channels == WITH_ALPHA) {
      for (int i = 0; i < height * width; i++) {
        int at = WITH_ALPHA * i;
        int argb = data[at + 3] << 24 | (data[at + 2] & 255) << 16;
        picture.setRGB(i % width, i / width, argb | (data[at + 1] & 255) << 8 | data[at] & 255);
      }
    } else {
      // The rasters of these types have bands as they are asked for: red first.
      int[] pixels = new int[data.length];
      for (int i = 0; i < data.length; i++) {
        int band = i % channels;
        pixels[i - band + channels - 1 - band] = data[i] & 255;
      }
      picture.getRaster().setPixels(0, 0, width, height, pixels);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
