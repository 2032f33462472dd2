package dev.lanewise.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.Stripes;
import dev.lanewise.model.augment.Augmentation;
import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.BatchPart;
import dev.lanewise.model.data.Batches;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.model.training.Recipe;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final ImageDataset IMAGES = new Stripes(12, 1);

  private static void withBatch(String augmentation, Consumer<Batch> test) {
    try (Batches batches =
        new Batches(
            IMAGES,
            StandardPreprocessing.RESCALE,
            Augmentation.parse(augmentation),
            12,
            BatchPart.WHOLE,
            true,
            1)) {
      batches.startEpoch(0);
      test.accept(batches.next());
    }
  }

  private static Targets targets(String... settings) {
    return settings.length == 0
        ? new Targets(Recipe.PLAIN, IMAGES)
        : new Targets(
            Recipe.of(Map.of(settings[0], settings[1], settings[2], settings[3])), IMAGES);
  }

  @Test
  void plainTargetsAreThoseOfTheBatch() {
    withBatch("flip", batch -> assertThat(targets().of(batch)).isSameAs(batch.targets()));
    withBatch("mixup", batch -> assertThat(targets().of(batch)).isSameAs(batch.targets()));
  }

  @Test
  void smoothingAndWeightsAreThoseOfEachLabelByItsShare() {
    withBatch(
        "mixup(alpha=4)",
        batch -> {
          float[] got =
              targets("label_smoothing", "0.3", "class_weights", "across=2,none=0.5").of(batch);
          double[] weights = {2, 1, 0.5};
          for (int i = 0; i < 12; i++) {
            for (int c = 0; c < 3; c++) {
              double wanted = 0;
              for (int label = 0; label < 3; label++) {
                double one = weights[label] * ((c == label ? 0.7 : 0) + 0.1);
                wanted += batch.targets()[i * 3 + label] * one;
              }
              assertThat(got[i * 3 + c] - wanted).isBetween(-1e-6, 1e-6);
            }
          }
        });
  }

  @Test
  void imagesMixedWithChanceNoneHaveTheTargetsOfTheirLabels() {
    float[][] hard = new float[1][];
    String[] settings = {"label_smoothing", "0.3", "class_weights", "across=2,none=0.5"};
    withBatch("", batch -> hard[0] = targets(settings).of(batch).clone());
    withBatch(
        "mixup(chance=0)",
        batch -> {
          float[] got = targets(settings).of(batch);
          for (int i = 0; i < got.length; i++) {
            assertThat(got[i] - hard[0][i]).isBetween(-1e-6f, 1e-6f);
          }
        });
  }
}
