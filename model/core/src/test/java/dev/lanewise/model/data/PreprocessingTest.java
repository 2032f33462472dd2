package dev.lanewise.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.model.Stripes;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    check(StandardPreprocessing.RESCALE, i -> (pixels[i] & 255) / 255.0);
    check(StandardPreprocessing.SIGNED, i -> (pixels[i] & 255) / 127.5 - 1);
    check(
        StandardPreprocessing.IMAGENET,
        i -> ((pixels[i] & 255) / 255.0 - MEAN[i % 3]) / DEVIATION[i % 3]);
    check(StandardPreprocessing.CAFFE, i -> (pixels[i + 2 - 2 * (i % 3)] & 255) - CAFFE[i % 3]);
    check(StandardPreprocessing.NONE, i -> pixels[i] & 255);
  }

  @Test
  void knowsItselfByItsFormula() {
    for (StandardPreprocessing preprocessing : StandardPreprocessing.values()) {
      assertThat(Preprocessing.ofText(preprocessing.text())).isEqualTo(preprocessing);
    }
    assertThat(Preprocessing.ofText("pixels / 255")).isEqualTo(StandardPreprocessing.RESCALE);
    assertThatThrownBy(() -> Preprocessing.ofText("pixels / 256"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the preprocessing 'pixels / 256' is not known; known: 'pixels / 255', ");
  }

  @ParameterizedTest
  @EnumSource(StandardPreprocessing.class)
  void takesOtherChannelsWhereColoursDoNotMatter(StandardPreprocessing preprocessing) {
    boolean colours =
        preprocessing == StandardPreprocessing.IMAGENET
            || preprocessing == StandardPreprocessing.CAFFE;
    assertThat(preprocessing.takes(ImageShape.rgb(2, 2))).isTrue();
    for (int channels : new int[] {1, 2, 4}) {
      assertThat(preprocessing.takes(new ImageShape(2, 2, channels))).isEqualTo(!colours);
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

  @Test
  void anOwnMeanAndDeviationAreOfPixelsFrom0To1() {
    float[] mean = {0.4914f, 0.4822f, 0.4465f};
    float[] deviation = {0.2023f, 1, 1e-5f};
    Preprocessing own = Normalization.of(mean, deviation);
    byte[] pixels = pixels();
    float[] values = new float[pixels.length];
    own.apply(pixels, values, 0, 3);
    for (int i = 0; i < pixels.length; i++) {
      double wanted = ((pixels[i] & 255) / 255.0 - mean[i % 3]) / deviation[i % 3];
      assertThat((double) values[i]).isCloseTo(wanted, within(1e-6 / deviation[i % 3]));
    }
    assertThat(own.text())
        .isEqualTo("(pixels / 255 - [0.4914, 0.4822, 0.4465]) / [0.2023, 1.0, 1.0E-5]");
    assertThat(Preprocessing.ofText(own.text())).isEqualTo(own).hasSameHashCodeAs(own);
    assertThat(own).isNotEqualTo(Normalization.of(mean, new float[] {1, 1, 1}));
    assertThat(own.takes(ImageShape.rgb(1, 1))).isTrue();
    assertThat(own.takes(new ImageShape(1, 1, 4))).isFalse();
    assertThatThrownBy(() -> own.apply(new byte[4], new float[4], 0, 4))
        .hasMessageContaining("requires images of 3 channels, got 4");
    Preprocessing grey = Normalization.of(new float[] {0.5f}, new float[] {0.25f});
    float[] one = new float[1];
    grey.apply(new byte[] {(byte) 255}, one, 0, 1);
    assertThat(one).containsExactly(2);
    // One preprocessing has one name.
    assertThat(
            Normalization.of(
                new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f}))
        .isSameAs(StandardPreprocessing.IMAGENET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0.5 0.5; 0.5 0.5; requires a mean of 1, 3 or 4 channels, got 2 numbers",
        "0.5; 0.5 0.5 0.5; requires as many deviations as means, got 3 for 1",
        "125.3; 0.5; requires a mean from 0 to 1, as of pixels / 255, got 125.3, which may be one of"
            + " pixels: divide it by 255",
        "-0.1; 0.5; requires a mean from 0 to 1, as of pixels / 255, got -0.1",
        "NaN; 0.5; requires a mean from 0 to 1, as of pixels / 255, got NaN",
        "0.5; 0; requires a deviation above 0 to 1, as of pixels / 255, got 0.0",
        "0.5; Infinity; requires a deviation above 0 to 1, as of pixels / 255, got Infinity",
        "0.5; 63; requires a deviation above 0 to 1, as of pixels / 255, got 63.0, which may be one"
            + " of pixels: divide it by 255"
      })
  void numbersThatCannotBe(String mean, String deviation, String message) {
    assertThatThrownBy(() -> Normalization.of(floats(mean), floats(deviation)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static float[] floats(String list) {
    String[] texts = list.split(" ");
    float[] floats = new float[texts.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.parseFloat(texts[i]);
    }
    return floats;
  }

  @Test
  void theMeanImageIsThatOfTheTrainingImages() {
    ImageDataset images = new Stripes(37, 3);
    int size = images.shape().size();
    double[] mean = new double[size];
    byte[] pixels = new byte[size];
    for (int n = 0; n < images.size(); n++) {
      images.read(n, pixels, 0);
      for (int i = 0; i < size; i++) {
        mean[i] += (pixels[i] & 255) / 255.0 / images.size();
      }
    }
    Preprocessing own = PixelMean.of(images);
    float[] values = new float[size];
    own.apply(pixels, values, 0, images.shape().channels());
    for (int i = 0; i < size; i++) {
      double wanted = (pixels[i] & 255) / 255.0 - mean[i];
      assertThat((double) values[i]).isCloseTo(wanted, within(1e-6));
    }
    assertThat(Preprocessing.ofText(own.text())).isEqualTo(own).hasSameHashCodeAs(own);
    assertThat(own.formula()).isEqualTo("pixels / 255 - mean image of " + images.shape());
    assertThat(own.takes(images.shape())).isTrue();
    assertThat(own.takes(ImageShape.rgb(images.shape().height(), 5))).isFalse();
    assertThatThrownBy(() -> own.apply(new byte[3], new float[3], 0, 3))
        .hasMessageContaining("requires images of " + images.shape());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pixels / 255 - float32 [2,2,3] in base64 AAAA",
        "pixels / 255 - float32 [2,2,3] in base64 ",
        "pixels / 255 - float32 [0,2,3] in base64 AAAA",
        "pixels / 255 - float32 [1,1,1] in base64 AAA*",
        "(pixels / 255 - [0.5]) / [0.0]",
        "(pixels / 255 - [0.5, x, 1]) / [1, 1, 1]",
        "(pixels / 255 - []) / []"
      })
  void damagedTextsAreNotKnown(String text) {
    assertThatThrownBy(() -> Preprocessing.ofText(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not known; known: 'pixels / 255', ");
  }
}
