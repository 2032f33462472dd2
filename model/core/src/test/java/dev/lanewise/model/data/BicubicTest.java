package dev.lanewise.model.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BicubicTest {
  private static final byte[] GREY_3X4 = bytes(10, 200, 30, 255, 0, 90, 180, 60, 250, 5, 128, 77);

  @Test
  void doublingWeighsNeighboursByKeysKernel() {
    // At distances 0.25, 0.75, 1.25 and 1.75 the kernel is 111, 29, -9 and -3, in 128ths. Near the
    // border the weights of the pixels that are there are scaled to sum 1.
    byte[] row = bytes(0, 128, 0, 0, 0, 0);
    assertThat(unsigned(Bicubic.resize(row, 1, 6, 1, 12, 1)))
        .containsExactly(
            0,
            (int) Math.rint(128 * 29 / (111 + 29 - 3.0)),
            (int) Math.rint(128 * 111 / (111 + 29 - 9.0)),
            111,
            29,
            0,
            0,
            0,
            0,
            0,
            0,
            0);
  }

  @Test
  void halvingCountsEverySourcePixel() {
    // The kernel, stretched by two, at +-0.25, +-0.75, +-1.25, +-1.75; weights sum to 2.
    byte[] row = bytes(0, 0, 0, 0, 0, 200, 0, 0, 0, 0, 0, 0);
    int near = (int) Math.rint(200 * 111 / 256.0);
    int next = (int) Math.rint(200 * 29 / 256.0);
    assertThat(unsigned(Bicubic.resize(row, 1, 12, 1, 6, 1)))
        .containsExactly(0, 0, near, next, 0, 0);
  }

  @Test
  void finePatternsAverageOut() {
    byte[] stripes = new byte[96];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = (byte) (i % 2 * 200);
    }
    int[] small = unsigned(Bicubic.resize(stripes, 1, 96, 1, 12, 1));
    for (int i = 1; i < small.length - 1; i++) {
      assertThat(small[i]).isBetween(98, 102);
    }
  }

  /** The values are those of Pillow 12.3, resampling BICUBIC. */
  @Test
  void agreesWithPillow() {
    assertThat(unsigned(Bicubic.resize(GREY_3X4, 3, 4, 5, 7, 1)))
        .containsExactly(
            0, 78, 206, 110, 24, 187, 255, 0, 50, 160, 129, 87, 153, 182, 0, 24, 83, 148, 177, 100,
            50, 166, 117, 32, 89, 152, 94, 56, 255, 182, 7, 47, 125, 97, 75);
    assertThat(unsigned(Bicubic.resize(GREY_3X4, 3, 4, 2, 2, 1))).containsExactly(77, 144, 104, 96);
  }

  @Test
  void sameSizeChangesNothing() {
    assertThat(Bicubic.resize(GREY_3X4, 3, 4, 3, 4, 1)).containsExactly(GREY_3X4);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,17", "64,64", "100,7"})
  void constantImagesStayConstant(int height, int width) {
    byte[] image = new byte[20 * 30 * 3];
    Arrays.fill(image, (byte) 201);
    byte[] resized = Bicubic.resize(image, 20, 30, height, width, 3);
    assertThat(resized).hasSize(height * width * 3).containsOnly((byte) 201);
  }

  @Test
  void channelsDoNotMix() {
    byte[] image = new byte[9 * 9 * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (i % 3 * 100);
    }
    byte[] resized = Bicubic.resize(image, 9, 9, 4, 5, 3);
    for (int i = 0; i < resized.length; i++) {
      assertThat(resized[i] & 255).isEqualTo(i % 3 * 100);
    }
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static int[] unsigned(byte[] bytes) {
    int[] values = new int[bytes.length];
    Arrays.setAll(values, i -> bytes[i] & 255);
    return values;
  }
}
