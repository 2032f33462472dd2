package dev.lanewise.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScaleTest {
  @Test
  void ticksAreRound() {
    assertThat(Scale.whole(new double[] {1, 2, 3}).ticks()).containsExactly(1.0, 2.0, 3.0);
    assertThat(Scale.whole(new double[] {1, 20}).ticks()).containsExactly(5.0, 10.0, 15.0, 20.0);
    assertThat(Scale.around(new double[] {0.1, Double.NaN, 0.9}).ticks())
        .containsExactly(0.2, 0.4, 0.6000000000000001, 0.8);
    assertThat(Scale.logarithmic(1e-3, 10).ticks()).containsExactly(1e-3, 1e-2, 0.1, 1.0, 10.0);
  }

  @Test
  void equalNumbersHaveAnAxis() {
    Scale scale = Scale.around(new double[] {3, 3});
    assertThat(scale.at(3)).isEqualTo(0.5);
    assertThat(scale.ticks()).hasSizeGreaterThan(2);
    assertThat(Scale.whole(new double[] {1}).at(1)).isZero();
  }

  @Test
  void placesAreSharesOfTheAxis() {
    assertThat(Scale.logarithmic(1e-2, 1).at(0.1)).isEqualTo(0.5);
    assertThat(Scale.whole(new double[] {1, 5}).at(2)).isEqualTo(0.25);
  }
}
