package dev.lanewise.model.augment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColoursTest {
  private static double luma(byte[] p, int at) {
    return 0.299 * (p[at] & 255) + 0.587 * (p[at + 1] & 255) + 0.114 * (p[at + 2] & 255);
  }

  private static double clamp(double value) {
    return Math.clamp(value, 0, 255);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.8, 1, 1.2, 1.9})
  void colourChangesAreThoseOfTheirFormulas(double factor) {
    for (int[] shape : Pictures.SHAPES) {
      byte[] src = Pictures.noise(shape, 1).pixels();
      Canvas brighter = Pictures.noise(shape, 1);
      Colours.brightness(brighter, factor);
      Canvas contrast = Pictures.noise(shape, 1);
      double mean = Math.floor(contrast.meanLightness() + 0.5);
      Colours.contrast(contrast, factor);
      Canvas colour = Pictures.noise(shape, 1);
      Colours.saturation(colour, factor);
      for (int i = 0; i < src.length; i++) {
        int channel = i % shape[2];
        int own = src[i] & 255;
        if (shape[2] == 4 && channel == 3) {
          assertThat(brighter.pixels()[i]).isEqualTo(src[i]);
          assertThat(contrast.pixels()[i]).isEqualTo(src[i]);
          assertThat(colour.pixels()[i]).isEqualTo(src[i]);
          continue;
        }
        assertThat((brighter.pixels()[i] & 255) - clamp(factor * own)).isBetween(-0.51, 0.51);
        assertThat((contrast.pixels()[i] & 255) - clamp(mean + factor * (own - mean)))
            .isBetween(-0.51, 0.51);
        double grey = shape[2] == 1 ? own : luma(src, i - channel);
        // The lightness is an integer there.
        assertThat((colour.pixels()[i] & 255) - clamp(grey + factor * (own - grey)))
            .isBetween(-1.1, 1.1);
      }
    }
  }

  @Test
  void meanLightnessIsThatOfPlainLoops() {
    for (int[] shape : Pictures.SHAPES) {
      Canvas image = Pictures.noise(shape, 2);
      byte[] p = image.pixels();
      double sum = 0;
      for (int i = 0; i < p.length; i += shape[2]) {
        sum += shape[2] == 1 ? p[i] & 255 : luma(p, i);
      }
      assertThat(image.meanLightness() - sum / (shape[0] * shape[1])).isBetween(-0.51, 0.51);
    }
  }

  @Test
  void sharpnessMovesAwayFromTheMeanOfNeighbours() {
    Canvas image = new Canvas(3, 3, 1);
    image.overwrite()[4] = 26;
    Colours.sharpness(image, 0);
    assertThat(image.pixels()).containsExactly(0, 0, 0, 0, 10, 0, 0, 0, 0);
    Colours.sharpness(image, 2);
    assertThat(image.pixels()).containsExactly(0, 0, 0, 0, 16, 0, 0, 0, 0);
  }

  @Test
  void sharpnessLeavesBordersAndOpacity() {
    int[] shape = {6, 9, 4};
    Canvas image = Pictures.noise(shape, 1);
    byte[] src = image.pixels().clone();
    Colours.sharpness(image, 1.7);
    for (int i = 0; i < src.length; i++) {
      int x = i / 4 % 9;
      int y = i / 36;
      if (i % 4 == 3 || x == 0 || x == 8 || y == 0 || y == 5) {
        assertThat(image.pixels()[i]).isEqualTo(src[i]);
      }
    }
    assertThat(image.pixels()).isNotEqualTo(src);
  }

  @Test
  void posteriseKeepsTheUpperBits() {
    Canvas image = Pictures.noise(new int[] {7, 5, 3}, 1);
    byte[] src = image.pixels().clone();
    Tones.posterize(image, 3);
    for (int i = 0; i < src.length; i++) {
      assertThat(image.pixels()[i]).isEqualTo((byte) (src[i] & 0xE0));
    }
    byte[] before = image.pixels().clone();
    Tones.posterize(image, 8);
    assertThat(image.pixels()).isEqualTo(before);
  }

  @Test
  void solariseInvertsWhatIsBright() {
    Canvas image = Pictures.noise(new int[] {7, 5, 3}, 1);
    byte[] src = image.pixels().clone();
    Tones.solarize(image, 256);
    assertThat(image.pixels()).isEqualTo(src);
    Tones.solarize(image, 100);
    for (int i = 0; i < src.length; i++) {
      int own = src[i] & 255;
      assertThat(image.pixels()[i] & 255).isEqualTo(own < 100 ? own : 255 - own);
    }
  }

  @Test
  void autoContrastUsesTheWholeRange() {
    Canvas image = new Canvas(1, 4, 1);
    byte[] pixels = image.overwrite();
    System.arraycopy(new byte[] {50, 100, 75, 60}, 0, pixels, 0, 4);
    Tones.autoContrast(image);
    assertThat(image.pixels()).containsExactly(0, 255, 127, 51);
    Canvas flat = new Canvas(2, 2, 3);
    Tones.autoContrast(flat);
    assertThat(flat.pixels()).containsOnly(0);
  }

  @Test
  void equaliseSpreadsValuesByTheirRank() {
    Canvas image = new Canvas(32, 32, 1);
    byte[] pixels = image.overwrite();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (100 + i % 4 * 2);
    }
    Tones.equalize(image);
    // 256 of each; Pillow's step is (1024 - 256) / 255 = 3.
    assertThat(image.pixels()).startsWith(0, 85, 171, 255);
    Canvas flat = new Canvas(32, 32, 3);
    Tones.equalize(flat);
    assertThat(flat.pixels()).containsOnly(0);
  }
}
