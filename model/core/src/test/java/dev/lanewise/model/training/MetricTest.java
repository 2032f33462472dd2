package dev.lanewise.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.model.data.TargetKind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each metric against an independent computation over all images at once. */
class MetricTest {
  private static final int IMAGES = 60;
  private static final int OUTPUTS = 4;

  private final float[][] outputs = new float[IMAGES][OUTPUTS];
  private final float[][] targets = new float[IMAGES][OUTPUTS];

  /** Draws images; outputs come in steps of a tenth, so that many are equal. */
  private void draw(TargetKind kind, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < IMAGES; i++) {
      int label = random.nextInt(OUTPUTS);
      for (int c = 0; c < OUTPUTS; c++) {
        outputs[i][c] = random.nextInt(11) / 10f;
        targets[i][c] =
            switch (kind) {
              case CLASS -> c == label ? 1 : 0;
              case LABELS -> random.nextInt(2);
              case VALUES -> (float) random.nextGaussian();
            };
      }
    }
  }

  private double measured(Metric metric, TargetKind kind) {
    Metric.Accumulator all = metric.accumulator(kind, OUTPUTS, IMAGES);
    Metric.Accumulator first = metric.accumulator(kind, OUTPUTS, IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      all.add(outputs[i], 0, targets[i], 0);
      if (i < 23) {
        first.add(outputs[i], 0, targets[i], 0);
      }
    }
    Metric.Accumulator rest = metric.accumulator(kind, OUTPUTS, IMAGES);
    rest.add(outputs[0], 0, targets[0], 0);
    rest.restore(first.state());
    for (int i = 23; i < IMAGES; i++) {
      rest.add(outputs[i], 0, targets[i], 0);
    }
    assertThat(rest.result()).isEqualTo(Double.valueOf(all.result()));
    assertThat(rest.state()).isEqualTo(all.state());
    double result = all.result();
    all.restore(new double[0]);
    assertThat(all.result()).isIn(Double.NaN, 0.0);
    return result;
  }

  private boolean isRight(int image, int output) {
    return targets[image][output] > 0.5;
  }

  private boolean isTold(TargetKind kind, int image, int output) {
    float[] row = outputs[image];
    if (kind == TargetKind.LABELS) {
      return row[output] > 0.5;
    }
    return IntStream.range(0, OUTPUTS)
        .allMatch(c -> c == output || row[c] < row[output] || row[c] == row[output] && c > output);
  }

  private double count(TargetKind kind, int output, boolean right, boolean told) {
    return IntStream.range(0, IMAGES)
        .filter(i -> isRight(i, output) == right && isTold(kind, i, output) == told)
        .count();
  }

  @ParameterizedTest
  @EnumSource(names = {"CLASS", "LABELS"})
  void countedMetricsAreThoseOfTheirDefinition(TargetKind kind) {
    for (long seed = 0; seed < 20; seed++) {
      draw(kind, seed);
      double precision = 0;
      double recall = 0;
      double f1 = 0;
      double hits = 0;
      for (int c = 0; c < OUTPUTS; c++) {
        double both = count(kind, c, true, true);
        double p = both / (both + count(kind, c, false, true));
        double r = both / (both + count(kind, c, true, false));
        precision += p / OUTPUTS;
        recall += r / OUTPUTS;
        f1 += both == 0 ? 0 : 2 * p * r / (p + r) / OUTPUTS;
        hits += kind == TargetKind.CLASS ? both : both + count(kind, c, false, false);
      }
      assertThat(measured(Metric.PRECISION, kind)).isCloseTo(precision, within(1e-12));
      assertThat(measured(Metric.RECALL, kind)).isCloseTo(recall, within(1e-12));
      assertThat(measured(Metric.F1_SCORE, kind)).isCloseTo(f1, within(1e-12));
      double all = kind == TargetKind.CLASS ? IMAGES : IMAGES * OUTPUTS;
      assertThat(measured(Metric.ACCURACY, kind)).isCloseTo(hits / all, within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CLASS", "LABELS"})
  void areaIsTheShareOfPairsInTheRightOrder(TargetKind kind) {
    for (long seed = 0; seed < 20; seed++) {
      draw(kind, seed);
      outputs[0][0] = -0f;
      outputs[1][0] = -0.3f;
      double sum = 0;
      for (int c = 0; c < OUTPUTS; c++) {
        double pairs = 0;
        double good = 0;
        for (int i = 0; i < IMAGES; i++) {
          for (int j = 0; j < IMAGES; j++) {
            if (isRight(i, c) && !isRight(j, c)) {
              float difference = outputs[i][c] - outputs[j][c];
              good += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
              pairs++;
            }
          }
        }
        sum += good / pairs;
      }
      assertThat(measured(Metric.AUC, kind)).isCloseTo(sum / OUTPUTS, within(1e-12));
    }
  }

  @Test
  void areaLeavesOutWhatAllImagesHaveOrNone() {
    draw(TargetKind.LABELS, 1);
    for (float[] row : targets) {
      row[0] = 1;
      row[1] = 0;
    }
    double[] two = new double[2];
    for (int c = 2; c < OUTPUTS; c++) {
      Metric.Accumulator one = Metric.AUC.accumulator(TargetKind.LABELS, 1, IMAGES);
      for (int i = 0; i < IMAGES; i++) {
        one.add(outputs[i], c, targets[i], c);
      }
      two[c - 2] = one.result();
    }
    assertThat(measured(Metric.AUC, TargetKind.LABELS)).isEqualTo((two[0] + two[1]) / 2);
    Arrays.stream(targets).forEach(row -> Arrays.fill(row, 0));
    assertThat(measured(Metric.AUC, TargetKind.LABELS)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 9})
  void topCountsTheRightClassAmongTheBest(int k) {
    draw(TargetKind.CLASS, 3);
    double hits = 0;
    for (int i = 0; i < IMAGES; i++) {
      float[] row = outputs[i];
      List<Integer> best =
          IntStream.range(0, OUTPUTS)
              .boxed()
              .sorted((a, b) -> Float.compare(row[b], row[a]))
              .limit(k)
              .toList();
      float[] right = targets[i];
      hits += best.stream().anyMatch(c -> right[c] == 1) ? 1 : 0;
    }
    Metric top = Metric.parse("top_" + k + "_accuracy");
    assertThat(top.name()).isEqualTo("top_" + k + "_accuracy");
    assertThat(measured(top, TargetKind.CLASS)).isEqualTo(hits / IMAGES);
  }

  @Test
  void meanAbsoluteErrorIsThatOfAllNumbers() {
    draw(TargetKind.VALUES, 4);
    double sum = 0;
    for (int i = 0; i < IMAGES; i++) {
      for (int c = 0; c < OUTPUTS; c++) {
        sum += Math.abs(outputs[i][c] - targets[i][c]);
      }
    }
    assertThat(measured(Metric.MEAN_ABSOLUTE_ERROR, TargetKind.VALUES))
        .isCloseTo(sum / IMAGES / OUTPUTS, within(1e-6));
    assertThat(Metric.MEAN_ABSOLUTE_ERROR.moreIsBetter()).isFalse();
  }

  @Test
  void namesAreKnown() {
    for (String name :
        List.of("accuracy", "precision", "recall", "f1_score", "auc", "mean_absolute_error")) {
      assertThat(Metric.parse(name).name()).isEqualTo(name);
    }
    assertThatThrownBy(() -> Metric.parse("top_0_accuracy"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown metric 'top_0_accuracy'; known are accuracy, top_3_accuracy, top_5_accuracy,"
                + " precision, recall, f1_score, auc, mean_absolute_error");
  }

  @Test
  void statesOfOthersAreRefused() {
    for (Metric metric : List.of(Metric.ACCURACY, Metric.RECALL, Metric.AUC)) {
      Metric.Accumulator one = metric.accumulator(TargetKind.LABELS, OUTPUTS, 1);
      assertThatThrownBy(() -> one.restore(new double[OUTPUTS + 1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void watchKnowsWhatIsBetter() {
    assertThat(Watch.parse("val_auc")).isEqualTo(new Watch("val_auc", true));
    assertThat(Watch.parse("mean_absolute_error").more()).isFalse();
    assertThat(Watch.parse("val_loss")).isEqualTo(Watch.VAL_LOSS);
    Watch own = new Watch("val_own", false);
    assertThat(own.text()).isEqualTo("val_own(less)");
    assertThat(Watch.parse(own.text())).isEqualTo(own);
    assertThat(Watch.VAL_ACCURACY.text()).isEqualTo("val_accuracy");
    assertThatThrownBy(() -> Watch.parse("val_own"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "unknown figure 'val_own': it is loss or a metric, behind val_ for validation; unknown"
                + " metric 'own'; known are accuracy, ");
  }
}
