package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.testing.Golden;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelInitializersTest {
  private static final int[] SHAPE = {3, 3, 5, 7};

  @ParameterizedTest
  @ValueSource(
      strings = {"1x1x6x2", "2x2x2x4", "1x1x4x6", "1x1x6x6", "1x1x256x64", "7x7x3x64", "3x3x64x64"})
  void glorotUniformIsWhatTensorFlowDraws(String name) {
    int[] shape = Arrays.stream(name.split("x")).mapToInt(Integer::parseInt).toArray();
    try (Golden golden = Golden.open("keras_blocks.h5")) {
      float[] wanted = golden.floats("/glorot_uniform_seed0/" + name);
      assertThat(KernelInitializers.glorotUniform(0).draw(shape, 99)).isEqualTo(wanted);
      assertThat(KernelInitializers.glorotUniform().draw(shape, 0)).isEqualTo(wanted);
    }
  }

  @Test
  void glorotUniformOfADenseLayerStaysWithinItsLimit() {
    float[] values = KernelInitializers.glorotUniform().draw(new int[] {200, 100}, 5);
    double limit = Math.sqrt(6.0 / 300);
    assertMoments(values, 0, limit / Math.sqrt(3), limit);
  }

  @Test
  void randomUniformStaysWithinItsRange() {
    float[] values = KernelInitializers.randomUniform(1, 3).draw(new int[] {1, 1, 100, 200}, 5);
    assertMoments(values, 2, 1 / Math.sqrt(3), 1);
  }

  @Test
  void heNormalHasVarianceTwoOverFanInAndIsCut() {
    float[] values = KernelInitializers.heNormal().draw(new int[] {3, 3, 20, 111}, 5);
    double deviation = Math.sqrt(2.0 / 180);
    assertMoments(values, 0, deviation, 2 * deviation / 0.87962566103423978);
  }

  @Test
  void heNormalFanOutHasVarianceTwoOverFanOut() {
    float[] values = KernelInitializers.heNormalFanOut().draw(new int[] {3, 3, 111, 20}, 5);
    double deviation = Math.sqrt(2.0 / 180);
    assertMoments(values, 0, deviation, 2 * deviation / 0.87962566103423978);
    int[] shape = {3, 5};
    assertThat(KernelInitializers.heNormalFanOut(8).draw(shape, 5))
        .isEqualTo(KernelInitializers.parse("he_normal_fan_out(seed=8)").draw(shape, 6));
  }

  private static void assertMoments(float[] values, double mean, double deviation, double limit) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      assertThat(value).isCloseTo((float) mean, within((float) (limit * (1 + 1e-6))));
      sum += value - mean;
      squares += (value - mean) * (value - mean);
    }
    assertThat(sum / values.length).isCloseTo(0, within(4 * deviation / Math.sqrt(values.length)));
    assertThat(Math.sqrt(squares / values.length)).isCloseTo(deviation, within(0.02 * deviation));
  }

  @ParameterizedTest
  @ValueSource(strings = {"glorot_uniform", "he_normal", "random_uniform"})
  void seedsMakeTheDifference(String name) {
    KernelInitializer perLayer = KernelInitializers.parse(name);
    KernelInitializer seeded = KernelInitializers.parse(name + "(seed=3)");
    assertThat(perLayer.draw(SHAPE, 3)).isEqualTo(perLayer.draw(SHAPE, 3));
    assertThat(perLayer.draw(SHAPE, 4)).isNotEqualTo(perLayer.draw(SHAPE, 3));
    assertThat(perLayer.draw(SHAPE, 3 + (1L << 32))).isNotEqualTo(perLayer.draw(SHAPE, 3));
    assertThat(seeded.draw(SHAPE, 8)).isEqualTo(perLayer.draw(SHAPE, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"glorot_uniform", "he_normal", "random_uniform"})
  void valuesDependOnTheirIndexAndNotOnTheLength(String name) {
    KernelInitializer seeded = KernelInitializers.parse(name + "(seed=3)");
    float[] longer = seeded.draw(new int[] {1, 1, 16, 16}, 0);
    float[] shorter = seeded.draw(new int[] {1, 1, 16, 1}, 0);
    // Glorot's limit depends on the shape, the ratio to it does not.
    double ratio = longer[0] / (double) shorter[0];
    for (int i = 0; i < shorter.length; i++) {
      assertThat((double) longer[i]).isCloseTo(shorter[i] * ratio, within(1e-6));
    }
  }

  @Test
  void zerosAndOnes() {
    assertThat(KernelInitializers.parse("zeros").draw(SHAPE, 1)).hasSize(315).containsOnly(0f);
    assertThat(KernelInitializers.parse("ones()").draw(SHAPE, 1)).hasSize(315).containsOnly(1f);
  }

  @Test
  void parsesArgumentsInAnyOrder() {
    float[] wanted = KernelInitializers.randomUniform(-0.5, 0.25, 3).draw(SHAPE, 0);
    assertThat(KernelInitializers.parse("random_uniform(min=-0.5,max=0.25,seed=3)").draw(SHAPE, 0))
        .isEqualTo(wanted);
    assertThat(
            KernelInitializers.parse(" random_uniform(seed = 3, max = 0.25, min = -5e-1) ")
                .draw(SHAPE, 0))
        .isEqualTo(wanted);
    assertThat(KernelInitializers.parse("random_uniform").draw(SHAPE, 4))
        .isEqualTo(KernelInitializers.randomUniform(-0.05, 0.05).draw(SHAPE, 4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lecun | unknown initialiser 'lecun'; known are glorot_uniform(seed=...), "
            + "he_normal(seed=...), he_normal_fan_out(seed=...), "
            + "random_uniform(min=...,max=...,seed=...), zeros, ones",
        "ones( | unknown initialiser 'ones('; known are glorot_uniform(seed=...), "
            + "he_normal(seed=...), he_normal_fan_out(seed=...), "
            + "random_uniform(min=...,max=...,seed=...), zeros, ones",
        "he_normal(min=1) | initialiser he_normal has no argument 'min=1'; "
            + "known is he_normal(seed=...)",
        "zeros(seed=1) | initialiser zeros has no argument 'seed=1'; known is zeros",
        "he_normal(7) | initialiser he_normal has no argument '7'; known is he_normal(seed=...)",
        "he_normal(seed=x) | initialiser he_normal requires an integer as seed, got 'x'",
        "he_normal(seed=1,seed=2) | initialiser he_normal has the argument 'seed' twice",
        "random_uniform(min=a) | initialiser random_uniform requires a number as min, got 'a'",
        "random_uniform(min=1,max=0) | random_uniform requires a finite min that is not above max, "
            + "got min=1.0, max=0.0",
        "random_uniform(max=NaN) | random_uniform requires a finite min that is not above max, "
            + "got min=-0.05, max=NaN",
      })
  void refusesWhatItDoesNotKnow(String text, String message) {
    assertThatThrownBy(() -> KernelInitializers.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesShapesWithoutFans() {
    assertThatThrownBy(() -> KernelInitializers.glorotUniform().draw(new int[] {3}, 0))
        .hasMessage("a kernel's shape is [KH,KW,IC,OC] or [in,out], got [3]");
  }
}
