package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.training.Figures;
import dev.lanewise.model.training.StepResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 120 epochs of 1000 steps of 32 images. */
class PaceTest {
  private final List<String> told = new ArrayList<>();
  private long nanos;

  private void train(Pace pace, int steps, long nanosPerStep) {
    pace.onTrainBegin(new ProgressBarsTest.Run());
    pace.onEpochBegin(1);
    for (int batch = 1; batch <= steps; batch++) {
      // Ten times as long before the code is compiled.
      nanos += batch <= 5 ? 10 * nanosPerStep : nanosPerStep;
      pace.onStepEnd(new StepResult(1, batch, batch, 1, Figures.NONE, 1, Double.NaN, 32 * batch));
    }
  }

  @Test
  void tellsOnceWhenStepsHaveShownIt() {
    Pace pace = new Pace(0, told::add, () -> nanos);
    train(pace, 54, 100_000_000);
    assertThat(told).isEmpty();
    train(pace, 200, 100_000_000);
    assertThat(told).containsExactly("Time      about 2 min per epoch, 3.3 h in all");
  }

  @Test
  void evaluationCountsToo() {
    train(new Pace(32_000, told::add, () -> nanos), 2000, 10_000_000);
    assertThat(told).containsExactly("Time      about 13 s per epoch, 26 min in all");
  }

  @Test
  void shortTrainingsAreNotEstimated() {
    train(new Pace(0, told::add, () -> nanos), 400, 100_000);
    assertThat(told).isEmpty();
  }
}
