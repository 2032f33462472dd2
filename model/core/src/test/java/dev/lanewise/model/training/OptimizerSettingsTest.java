package dev.lanewise.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.OptimizerSettings.Kind;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Sgd;
import org.junit.jupiter.api.Test;

class OptimizerSettingsTest {
  @Test
  void optimisersAreMade() {
    assertThat(OptimizerSettings.ADAM.create()).isInstanceOf(Adam.class);
    assertThat(OptimizerSettings.ADAM.create().learningRate())
        .isEqualTo(OptimizerSettings.ADAM_RATE);
    OptimizerSettings sgd = new OptimizerSettings(Kind.of("SGD"), Double.NaN, 0.9, true, 1e-4);
    assertThat(sgd.create()).isInstanceOf(Sgd.class);
    assertThat(sgd.create().learningRate()).isEqualTo(OptimizerSettings.SGD_RATE);
    assertThat(new OptimizerSettings(Kind.SGD, 0.3, 0, false, 0).create().learningRate())
        .isEqualTo(0.3);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertRefused("adam or sgd, got rmsprop", () -> Kind.of("rmsprop"));
    assertRefused("positive, finite number, got 0.0", () -> of(Kind.ADAM, 0, 0, false, 0));
    assertRefused("below 1, got 1.0", () -> of(Kind.SGD, 0.1, 1, false, 0));
    assertRefused("at least 0, got -1.0", () -> of(Kind.SGD, 0.1, 0, false, -1));
    assertRefused("adam has its own", () -> of(Kind.ADAM, 0.1, 0.9, false, 0));
    assertRefused("momentum above 0", () -> of(Kind.SGD, 0.1, 0, true, 0));
  }

  private static OptimizerSettings of(
      Kind kind, double rate, double momentum, boolean nesterov, double decay) {
    return new OptimizerSettings(kind, rate, momentum, nesterov, decay);
  }

  private static void assertRefused(String message, Runnable made) {
    assertThatThrownBy(made::run).isInstanceOf(ModelException.class).hasMessageContaining(message);
  }
}
