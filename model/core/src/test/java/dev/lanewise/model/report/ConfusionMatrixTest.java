package dev.lanewise.model.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.model.error.ModelException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against counts by hand. */
class ConfusionMatrixTest {
  /** Of 3 cats one is taken for a dog, of 4 dogs two for cats; nothing is or is taken for a fox. */
  private static final ConfusionMatrix MATRIX =
      new ConfusionMatrix(
          List.of("cat", "dog", "fox"),
          new int[] {0, 0, 0, 1, 1, 1, 1},
          new int[] {0, 1, 0, 1, 0, 0, 1});

  @Test
  void countsImages() {
    assertThat(MATRIX.count(0, 0)).isEqualTo(2);
    assertThat(MATRIX.count(0, 1)).isEqualTo(1);
    assertThat(MATRIX.count(1, 0)).isEqualTo(2);
    assertThat(MATRIX.count(1, 1)).isEqualTo(2);
    assertThat(MATRIX.images(1)).isEqualTo(4);
    assertThat(MATRIX.predictions(0)).isEqualTo(4);
    assertThat(MATRIX.images()).isEqualTo(7);
  }

  @Test
  void figuresAreShares() {
    assertThat(MATRIX.accuracy()).isEqualTo(4.0 / 7);
    assertThat(MATRIX.precision(0)).isEqualTo(2.0 / 4);
    assertThat(MATRIX.recall(0)).isEqualTo(2.0 / 3);
    assertThat(MATRIX.f1(0)).isCloseTo(2 / (1 / 0.5 + 1 / (2.0 / 3)), within(1e-15));
    assertThat(MATRIX.precision(1)).isEqualTo(2.0 / 3);
    assertThat(MATRIX.recall(1)).isEqualTo(2.0 / 4);
  }

  @Test
  void classWithoutImagesOrPredictionsCountsAsZero() {
    assertThat(MATRIX.precision(2)).isZero();
    assertThat(MATRIX.recall(2)).isZero();
    assertThat(MATRIX.f1(2)).isZero();
    assertThat(MATRIX.mean(MATRIX::recall)).isCloseTo((2.0 / 3 + 0.5) / 3, within(1e-15));
  }

  @Test
  void labelsAndPredictionsAreAsMany() {
    assertThatThrownBy(() -> new ConfusionMatrix(List.of("a"), new int[1], new int[2]))
        .isInstanceOf(ModelException.class)
        .hasMessage("1 labels require as many predictions, got 2");
  }
}
