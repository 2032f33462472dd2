package dev.lanewise.cli.serve;

import dev.lanewise.model.Classifier;
import dev.lanewise.model.data.DataException;
import dev.lanewise.model.data.Images;
import dev.lanewise.model.error.ModelException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.TimeZone;
import javax.imageio.ImageIO;

/**
 * Does once what the first request would wait for. Some of it opens files, and a class whose file
 * cannot be opened, as under too many connections, is broken for good.
 */
final class WarmUp {
  private WarmUp() {}

  /** Decodes an image of each kind, classifies it, and tells the time in a time zone. */
  static void of(Classifier classifier) {
    TimeZone.getDefault();
    DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now());
    try {
      for (String kind : List.of("jpg", "png")) {
        byte[] pixels = Images.decode(kind, image(kind), classifier.imageShape());
        classifier.classifyPixels(List.of(pixels));
      }
    } catch (DataException | ModelException e) {
      // Whoever sends an image hears of it.
    }
  }

  private static byte[] image(String kind) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), kind, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
