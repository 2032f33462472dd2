package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.lanewise.model.data.Images;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.Network;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureExtractorTest {
  private static final int SIZE = 32;

  @TempDir private static Path folder;
  private static Path file;
  private static BufferedImage image;

  /** The average of what the last block before the head gives, by a pass that folds nothing. */
  private static double[] wanted;

  @BeforeAll
  static void save() {
    file = folder.resolve("small.h5");
    image = image(1);
    ModelOptions options = ModelOptions.of(SIZE, SIZE, List.of("a", "b"));
    try (Model model = Model.build("cifarresnet20", options)) {
      model.save(file);
      model.saveWeights(folder.resolve("small.safetensors"));
      wanted = averages(model.network(), Images.toBytes(image, model.imageShape()));
    }
  }

  private static BufferedImage image(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 40 * 30; i++) {
      image.setRGB(i % 40, i / 40, random.nextInt());
    }
    return image;
  }

  private static double[] averages(Network network, byte[] pixels) {
    TrainingPass pass = network.trainingPass(1);
    Tensor input = pass.input();
    for (int i = 0; i < pixels.length; i++) {
      input.data()[input.offset() + i] = (pixels[i] & 255) / 255f;
    }
    pass.forward(false);
    List<Tensor> outputs = pass.blockOutputs();
    Tensor map = outputs.get(outputs.size() - 2);
    double[] averages = new double[map.shape().c()];
    float[] values = map.toArray();
    for (int i = 0; i < values.length; i++) {
      averages[i % averages.length] += values[i] / (double) map.shape().pixels();
    }
    return averages;
  }

  private static void assertWanted(FeatureExtractor extractor) {
    float[] features = extractor.features(image);
    assertThat(features).hasSize(extractor.size()).hasSize(64);
    for (int i = 0; i < features.length; i++) {
      assertThat((double) features[i]).isCloseTo(wanted[i], offset(1e-4));
    }
  }

  @Test
  void averagesTheLastMap() {
    try (FeatureExtractor extractor = FeatureExtractor.load(file, 2)) {
      assertWanted(extractor);
      float[] alone = extractor.features(image);
      extractor.features(image(2));
      assertThat(extractor.features(image)).isEqualTo(alone);
    }
  }

  @Test
  void takesWeightsOfOthersWithAHeadAndWithout() {
    ForeignOptions options = ForeignOptions.of("cifarresnet20");
    Path weights = folder.resolve("small.safetensors");
    try (FeatureExtractor extractor =
        FeatureExtractor.open(weights, options.withInput(SIZE, SIZE), 1)) {
      assertWanted(extractor);
    }
    assertThatThrownBy(() -> FeatureExtractor.open(weights, options, 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("does not say of which size its input images are");
    assertThatThrownBy(
            () ->
                FeatureExtractor.open(
                    weights, ForeignOptions.of("cifarresnet32").withInput(SIZE, SIZE), 1))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void similarImagesComeFirst() {
    float[] one = {1, 2, 0};
    List<float[]> others =
        List.of(new float[] {0, 0, 5}, new float[] {2, 4, 0}, new float[] {1, 0, 0}, new float[3]);
    List<Similarity> nearest = Similarity.nearest(one, others, 3);
    assertThat(nearest).extracting(Similarity::index).containsExactly(1, 2, 0);
    assertThat(nearest.get(0).cosine()).isCloseTo(1, offset(1e-12));
    assertThat(nearest.get(1).cosine()).isCloseTo(1 / Math.sqrt(5), offset(1e-12));
    assertThat(nearest.get(2).cosine()).isZero();
    assertThatThrownBy(() -> Similarity.cosine(one, new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a cosine requires vectors of one length, got 3 and 2");
  }
}
