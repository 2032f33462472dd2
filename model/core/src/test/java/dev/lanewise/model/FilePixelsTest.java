package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.keras.KerasConfig;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.model.error.ModelException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What models do to pixels by their first layers becomes preprocessing. */
class FilePixelsTest {
  private static final SavedLayer IMAGENET =
      normalization(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

  private static SavedLayer normalization(float[] mean, float[] variance) {
    return new SavedLayer(
        "normalization",
        List.of(
            new SavedArray("mean", new int[] {mean.length}, mean),
            new SavedArray("variance", new int[] {variance.length}, variance)));
  }

  /** Returns a sequential model's configuration, its layers as Keras writes their settings. */
  private static String config(String... layers) {
    return Stream.concat(
            Stream.of(
                "{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"i\","
                    + "\"batch_shape\":[null,8,8,3]}}"),
            Stream.of(layers))
        .collect(
            Collectors.joining(
                ",", "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[", "]}}"));
  }

  private static String layer(String type, String settings) {
    return "{\"class_name\":\"%s\",\"config\":{\"name\":\"%s\"%s}}"
        .formatted(type, type.toLowerCase(java.util.Locale.ROOT), settings);
  }

  private static Preprocessing read(String config, SavedLayer... layers) {
    SavedWeights saved = new SavedWeights("test", List.of(layers), true, true, config, Map.of());
    KerasConfig parsed = config == null ? null : KerasConfig.parse(config, "f");
    return FilePixels.of(saved, parsed, "f").orElse(null);
  }

  private static void assertMakes(Preprocessing how, double... wanted) {
    float[] values = new float[3];
    how.apply(new byte[] {0, (byte) 128, (byte) 255}, values, 0, 3);
    for (int c = 0; c < 3; c++) {
      assertThat(values[c]).isCloseTo((float) wanted[c], Offset.offset(2e-6f));
    }
  }

  @Test
  void rescales() {
    Preprocessing how =
        read(config(layer("Rescaling", ",\"scale\":" + 1 / 127.5 + ",\"offset\":-1")));
    assertMakes(how, -1, 128 / 127.5 - 1, 1);
  }

  @Test
  void normalisesByTheFilesWeights() {
    Preprocessing how =
        read(
            config(layer("Rescaling", ",\"scale\":" + 1 / 255.0), layer("Normalization", "")),
            normalization(new float[] {0.5f, 0.4f, 0.3f}, new float[] {0.25f, 0.16f, 0.09f}));
    assertMakes(how, -0.5 / 0.5, (128 / 255.0 - 0.4) / 0.4, 0.7 / 0.3);
  }

  @Test
  void normalisesByItsSettings() {
    Preprocessing how =
        read(
            config(
                layer("Normalization", ",\"mean\":[100,100,100],\"variance\":[2500,2500,2500]")));
    assertMakes(how, -2, 28 / 50.0, 155 / 50.0);
  }

  /** As {@code keras.applications} makes EfficientNet of its ImageNet weights. */
  @Test
  void isImageNetsOfEfficientNet() {
    String roots =
        ",\"scale\":["
            + Stream.of(0.229, 0.224, 0.225)
                .map(v -> String.valueOf(1 / Math.sqrt(v)))
                .collect(Collectors.joining(","))
            + "]";
    String whole =
        config(
            layer("Rescaling", ",\"scale\":" + 1 / 255.0),
            layer("Normalization", ""),
            layer("Rescaling", roots));
    assertThat(read(whole, IMAGENET)).isEqualTo(StandardPreprocessing.IMAGENET);
    assertThat(read(null, IMAGENET)).isEqualTo(StandardPreprocessing.IMAGENET);
    SavedLayer untrained = normalization(new float[3], new float[] {1, 1, 1});
    assertMakes(read(null, untrained), 0, 128 / 255.0, 1);
  }

  @Test
  void isNothingWhereAModelBeginsWithAConvolution() {
    assertThat(read(config(layer("Conv2D", ""), layer("Rescaling", ",\"scale\":2")))).isNull();
    assertThat(read(null)).isNull();
  }

  /** As Keras 3 writes {@code Rescaling(1 / numpy.array([...]))}. */
  @Test
  void readsArraysOfNumPy() {
    String array =
        ",\"scale\":{\"class_name\":\"__numpy__\",\"config\":{\"value\":[%s,%s,%s],"
            + "\"dtype\":\"float64\"}},\"offset\":0.0";
    String settings = array.formatted(1 / 255.0, 1 / 128.0, 1 / 64.0);
    assertMakes(read(config(layer("Rescaling", settings))), 0, 1, 255 / 64.0);
  }

  /** The inverse of a normalisation, in front of another layer. */
  @Test
  void invertsNormalisations() {
    String inverse = ",\"mean\":[10,20,30],\"variance\":[4,9,16],\"invert\":true";
    Preprocessing how =
        read(
            config(
                layer("Normalization", inverse),
                layer("Rescaling", ",\"scale\":0.01,\"offset\":-1")));
    assertMakes(how, -0.9, (128 * 3 + 20) / 100.0 - 1, (255 * 4 + 30) / 100.0 - 1);
  }

  @Test
  void refusesWhatNoPreprocessingCan() {
    for (String settings :
        List.of(",\"scale\":-1", ",\"scale\":[1,1]", ",\"scale\":0.01,\"offset\":5")) {
      assertThatThrownBy(() -> read(config(layer("Rescaling", settings))))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("f makes of pixels by its first layers pixels * [")
          .hasMessageContaining("--preprocessing");
    }
    assertThatThrownBy(() -> read(config(layer("Normalization", ""))))
        .isInstanceOf(ModelException.class)
        .hasMessage("f lacks layer 'normalization'");
  }

  @Test
  void refusesSettingsThatCannotBeRead() {
    for (String settings :
        List.of(
            "",
            ",\"scale\":null",
            ",\"scale\":[]",
            ",\"scale\":\"1/255\"",
            ",\"scale\":[1,\"x\",1]",
            ",\"scale\":{\"class_name\":\"__numpy__\"}",
            ",\"scale\":1,\"offset\":\"x\"")) {
      assertThatThrownBy(() -> read(config(layer("Rescaling", settings))))
          .isInstanceOf(ModelException.class)
          .hasMessage("f has a layer 'rescaling' for pixels whose settings cannot be read");
    }
    for (String settings : List.of(",\"axis\":1", ",\"mean\":1", ",\"mean\":\"x\"")) {
      assertThatThrownBy(() -> read(config(layer("Normalization", settings)), IMAGENET))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("'normalization' for pixels");
    }
  }

  @Test
  void optionsOfTheUserComeFirst() {
    WeightSource source = new WeightSource(null, 0, 0, StandardPreprocessing.SIGNED);
    ForeignOptions options = ForeignOptions.of("kerasefficientnetb0");
    assertThat(options.preprocessing(source)).isEqualTo(StandardPreprocessing.SIGNED);
    assertThat(options.withPreprocessing(StandardPreprocessing.CAFFE).preprocessing(source))
        .isEqualTo(StandardPreprocessing.CAFFE);
    String negative = config(layer("Rescaling", ",\"scale\":-1"));
    WeightSource refusing =
        WeightSource.of(new SavedWeights("test", List.of(), true, true, negative, Map.of()), "f");
    assertThat(refusing.height()).isEqualTo(8);
    assertThatThrownBy(() -> options.preprocessing(refusing))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("f makes of pixels by its first layers");
    assertThat(options.withPreprocessing(StandardPreprocessing.CAFFE).preprocessing(refusing))
        .isEqualTo(StandardPreprocessing.CAFFE);
    WeightSource silent = new WeightSource(null, 0, 0, null);
    assertThat(options.preprocessing(silent)).isEqualTo(StandardPreprocessing.IMAGENET);
  }
}
