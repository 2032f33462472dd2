package dev.lanewise.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreprocessingTest {
  private static final double[] MEAN = {0.485, 0.456, 0.406};
  private static final double[] DEVIATION = {0.229, 0.224, 0.225};
  private static final double[] CAFFE = {103.939, 116.779, 123.68};

  /** All bytes in each of the channels, in different orders. */
  private static byte[] pixels() {
    byte[] pixels = new byte[256 * 3];
    for (int i = 0; i < 256; i++) {
      pixels[3 * i] = (byte) i;
      pixels[3 * i + 1] = (byte) (i * 7 + 1);
      pixels[3 * i + 2] = (byte) (255 - i);
    }
    return pixels;
  }

  private static void check(Preprocessing preprocessing, IntToDoubleFunction wanted) {
    byte[] pixels = pixels();
    float[] values = new float[pixels.length + 5];
    values[4] = 42;
    preprocessing.apply(pixels, values, 5, 3);
    assertThat(values[4]).isEqualTo(42);
    for (int i = 0; i < pixels.length; i++) {
      assertThat((double) values[5 + i])
          .as("%s, value %d", preprocessing, i)
          .isCloseTo(wanted.applyAsDouble(i), within(1e-5));
    }
  }

  @Test
  void followsTheFormulas() {
    byte[] pixels = pixels();
    check(Preprocessing.RESCALE, i -> (pixels[i] & 255) / 255.0);
    check(Preprocessing.SIGNED, i -> (pixels[i] & 255) / 127.5 - 1);
    check(
        Preprocessing.IMAGENET, i -> ((pixels[i] & 255) / 255.0 - MEAN[i % 3]) / DEVIATION[i % 3]);
    check(Preprocessing.CAFFE, i -> (pixels[i + 2 - 2 * (i % 3)] & 255) - CAFFE[i % 3]);
    check(Preprocessing.NONE, i -> pixels[i] & 255);
  }

  @Test
  void knowsItselfByItsFormula() {
    for (Preprocessing preprocessing : Preprocessing.values()) {
      assertThat(Preprocessing.ofText(preprocessing.text())).isEqualTo(preprocessing);
    }
    assertThat(Preprocessing.ofText("pixels / 255")).isEqualTo(Preprocessing.RESCALE);
    assertThatThrownBy(() -> Preprocessing.ofText("pixels / 256"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the preprocessing 'pixels / 256' is not known; known: 'pixels / 255', ");
  }

  @ParameterizedTest
  @EnumSource(Preprocessing.class)
  void takesOtherChannelsWhereColoursDoNotMatter(Preprocessing preprocessing) {
    boolean colours =
        preprocessing == Preprocessing.IMAGENET || preprocessing == Preprocessing.CAFFE;
    assertThat(preprocessing.takes(3)).isTrue();
    for (int channels : new int[] {1, 2, 4}) {
      assertThat(preprocessing.takes(channels)).isEqualTo(!colours);
      byte[] pixels = new byte[4 * channels];
      pixels[pixels.length - 1] = (byte) 255;
      float[] values = new float[pixels.length];
      if (colours) {
        assertThatThrownBy(() -> preprocessing.apply(pixels, values, 0, channels))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("requires images of 3 channels, got " + channels);
      } else {
        preprocessing.apply(pixels, values, 0, channels);
        assertThat(values[values.length - 1]).isGreaterThan(values[0]);
      }
    }
  }
}
