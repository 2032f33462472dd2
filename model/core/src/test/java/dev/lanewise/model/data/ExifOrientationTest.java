package dev.lanewise.model.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExifOrientationTest {
  @TempDir private Path folder;

  /** What the pixels 1 2 3 over 4 5 6 are when they stand upright, by the Exif standard. */
  @ParameterizedTest
  @CsvSource({
    "1, 123456", "2, 321654", "3, 654321", "4, 456123",
    "5, 142536", "6, 415263", "7, 635241", "8, 362514"
  })
  void pixelsOfAllOrientations(int value, String wanted) {
    byte[] stored = {1, 2, 3, 4, 5, 6};
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      ExifOrientation orientation = ExifOrientation.of(jpeg(exif(order, value)));
      assertThat(orientation.ordinal()).isEqualTo(value - 1);
      assertThat(orientation.swaps()).isEqualTo(value > 4);
      StringBuilder upright = new StringBuilder();
      for (byte pixel : orientation.upright(stored, 2, 3, 1)) {
        upright.append(pixel);
      }
      assertThat(upright).hasToString(wanted);
    }
  }

  @Test
  void allChannelsOfAPixelStayTogether() {
    byte[] stored = {1, 2, 3, 4, 5, 6};
    assertThat(ExifOrientation.MIRRORED.upright(stored, 1, 2, 3)).containsExactly(4, 5, 6, 1, 2, 3);
  }

  @Test
  void aPhotoStandsUpright() throws IOException {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    for (int w = 0; w < 8; w++) {
      for (int h = 0; h < 8; h++) {
        image.setRGB(w, h, 0xFFFFFF);
      }
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", plain);
    byte[] bytes = plain.toByteArray();
    byte[] segment = exif(ByteOrder.BIG_ENDIAN, 6);
    byte[] turned =
        ByteBuffer.allocate(bytes.length + segment.length)
            .put(bytes, 0, 2)
            .put(segment)
            .put(bytes, 2, bytes.length - 2)
            .array();
    Path file = Files.write(folder.resolve("photo.jpg"), turned);
    byte[] pixels = Images.load(file, new ImageShape(16, 8, 1));
    // What was left is above.
    for (int i = 0; i < 128; i++) {
      assertThat(pixels[i] & 255).as("pixel %d", i).isBetween(i < 64 ? 250 : 0, i < 64 ? 255 : 5);
    }
  }

  @Test
  void damagedExifIsIgnored() {
    for (int value : new int[] {0, 9, 0x0600}) {
      assertThat(ExifOrientation.of(jpeg(exif(ByteOrder.BIG_ENDIAN, value))))
          .isEqualTo(ExifOrientation.UPRIGHT);
    }
    byte[] whole = jpeg(exif(ByteOrder.LITTLE_ENDIAN, 6));
    for (int length = 0; length < whole.length; length++) {
      ExifOrientation.of(Arrays.copyOf(whole, length));
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] copy = whole.clone();
      copy[random.nextInt(copy.length)] = (byte) random.nextInt();
      copy[random.nextInt(copy.length)] = (byte) random.nextInt();
      assertThat(ExifOrientation.of(copy)).isNotNull();
    }
  }

  @Test
  void othersThanJpegsAreUpright() {
    byte[] png = jpeg(exif(ByteOrder.BIG_ENDIAN, 6));
    png[1] = 'P';
    assertThat(ExifOrientation.of(png)).isEqualTo(ExifOrientation.UPRIGHT);
  }

  /** Returns the start of a JPEG: another segment, this one, and a scan. */
  private static byte[] jpeg(byte[] segment) {
    return ByteBuffer.allocate(2 + 6 + segment.length + 2)
        .putShort((short) 0xFFD8)
        .putShort((short) 0xFFE0)
        .putShort((short) 4)
        .putShort((short) 7)
        .put(segment)
        .putShort((short) 0xFFDA)
        .array();
  }

  /** Returns an APP1 segment with another tag and the orientation. */
  private static byte[] exif(ByteOrder order, int value) {
    ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4).order(order);
    tiff.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    tiff.putShort((short) 42).putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x0100)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) 5)
        .putShort((short) 0);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) value).putShort((short) 0).putInt(0);
    return ByteBuffer.allocate(2 + 2 + 6 + tiff.capacity())
        .putShort((short) 0xFFE1)
        .putShort((short) (2 + 6 + tiff.capacity()))
        .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
        .put(tiff.array())
        .array();
  }
}
