package dev.lanewise.model.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The numbers are Pillow's: of {@code convert} and {@code resize(..., BICUBIC)}. */
class ChannelsTest {
  /** 4 columns, 3 rows. */
  private static final byte[] RGBA =
      bytes(
          255, 0, 0, 255, 0, 255, 0, 0, 10, 20, 30, 128, 200, 100, 50, 255, //
          0, 0, 255, 64, 255, 255, 255, 255, 9, 8, 7, 0, 90, 80, 70, 200, //
          1, 2, 3, 4, 250, 240, 230, 220, 128, 128, 128, 128, 0, 0, 0, 255);

  @Test
  void greyIsTheLumaOfBt601() {
    byte[] colours = bytes(255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3, 200, 100, 50, 254, 255, 253);
    assertThat(numbers(Channels.convert(colours, 3, 1))).containsExactly(76, 150, 29, 2, 124, 254);
  }

  @Test
  void greyThereAndBackIsTheSame() {
    byte[] grey = new byte[256];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) i;
    }
    for (int channels : new int[] {1, 3, 4}) {
      byte[] more = Channels.convert(grey, 1, channels);
      assertThat(more).hasSize(256 * channels);
      assertThat(Channels.convert(more, channels, 1)).isEqualTo(grey);
    }
  }

  @Test
  void transparentPixelsDoNotTingeTheirNeighbours() {
    assertThat(numbers(Channels.resize(RGBA, 3, 4, new ImageShape(2, 2, 4))))
        .containsExactly(219, 80, 102, 130, 135, 91, 65, 147, 233, 238, 255, 120, 85, 83, 80, 171);
    int[] larger = numbers(Channels.resize(RGBA, 3, 4, new ImageShape(5, 6, 4)));
    assertThat(larger)
        .startsWith(255, 0, 0, 255, 255, 0, 0, 124, 0, 0, 0, 0, 0, 4, 23, 108, 138, 73, 43, 211)
        .endsWith(243, 232, 222, 219, 164, 162, 160, 143, 27, 28, 29, 197, 0, 0, 0, 255);
  }

  @Test
  void imageOfTheShapeIsLeftAsItIs() {
    assertThat(Channels.resize(RGBA, 3, 4, new ImageShape(3, 4, 4))).isSameAs(RGBA);
    assertThat(Channels.convert(RGBA, 4, 4)).isSameAs(RGBA);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static int[] numbers(byte[] bytes) {
    int[] values = new int[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] & 255;
    }
    return values;
  }
}
