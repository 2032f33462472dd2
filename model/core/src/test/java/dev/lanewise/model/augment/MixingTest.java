package dev.lanewise.model.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.random.SplitMix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixingTest {
  private static Mixing mixing(String text) {
    return (Mixing) Pictures.operation(text);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 1, 1.5, 8})
  void sharesHaveTheMomentsOfTheBetaDistribution(double alpha) {
    SplitMix random = new SplitMix(1);
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double x = Beta.draw(alpha, random);
      assertThat(x).isBetween(0.0, 1.0);
      sum += x;
      squares += (x - 0.5) * (x - 0.5);
    }
    double variance = 1 / (4 * (2 * alpha + 1));
    assertThat(sum / n - 0.5).isBetween(-0.006, 0.006);
    assertThat(squares / n / variance).isBetween(0.98, 1.02);
  }

  @Test
  void mixupIsTheWeightedMean() {
    for (int[] shape : Pictures.SHAPES) {
      Canvas image = Pictures.noise(shape, 1);
      byte[] own = image.pixels().clone();
      Canvas other = Pictures.noise(shape, 2);
      byte[] second = other.pixels().clone();
      assertThat(mixing("mixup").mix(image, other, 0.3, new SplitMix(0))).isEqualTo(0.3);
      assertThat(other.pixels()).isEqualTo(second);
      for (int i = 0; i < own.length; i++) {
        double wanted = 0.3 * (own[i] & 255) + 0.7 * (second[i] & 255);
        assertThat((image.pixels()[i] & 255) - wanted).isBetween(-0.51, 0.51);
      }
    }
  }

  @Test
  void cutMixTakesOverARectangleAndCountsIt() {
    int[] shape = {17, 23, 3};
    double least = 1;
    for (int seed = 0; seed < 100; seed++) {
      Canvas image = Pictures.noise(shape, 1);
      byte[] own = image.pixels().clone();
      Canvas other = Pictures.noise(shape, 2);
      double share = mixing("cutmix").mix(image, other, 0.6, new SplitMix(seed));
      int taken = 0;
      for (int i = 0; i < own.length; i += 3) {
        boolean same = image.pixels()[i] == own[i] && image.pixels()[i + 1] == own[i + 1];
        byte wanted = same ? own[i] : other.pixels()[i];
        assertThat(image.pixels()[i]).isEqualTo(wanted);
        taken += same ? 0 : 1;
      }
      assertThat(1 - taken / (17.0 * 23)).isEqualTo(share);
      assertThat(share).isBetween(0.6, 1.0);
      least = Math.min(least, share);
    }
    assertThat(least).isLessThan(0.68);
  }

  @Test
  void withoutChanceNothingIsMixed() {
    for (String text : new String[] {"mixup(chance=0)", "cutmix(chance=0)"}) {
      assertThat(mixing(text).share(new SplitMix(1))).isEqualTo(1);
    }
  }
}
