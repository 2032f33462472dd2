package dev.lanewise.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  /** Ten epochs of ten steps. */
  private static double factor(String schedule, long step, int reductions) {
    return Schedule.parse(schedule).factor(new Schedule.Position(step, 100, 10, reductions));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "constant; 0; 1",
        "constant; 99; 1",
        "constant(warmup=2epochs); 0; 0.05",
        "constant(warmup=2); 9; 0.5",
        "constant(warmup=4steps); 3; 1",
        "constant(warmup=90); 49; 1",
        "cosine; 0; 0.1",
        "cosine; 9; 1",
        "cosine; 10; 1",
        "cosine; 55; 0.5",
        "cosine; 100; 0",
        "cosine(warmup=0,to=0.2); 50; 0.6",
        "linear(warmup=0); 25; 0.75",
        "linear(warmup=0,to=0.5); 100; 0.5",
        "step(every=3,factor=0.5); 29; 1",
        "step(every=3,factor=0.5); 30; 0.5",
        "step(every=3,factor=0.5); 99; 0.125",
        "step(at=2/5,factor=0.1); 19; 1",
        "step(at=2/5,factor=0.1); 20; 0.1",
        "step(at=2/5,factor=0.1); 50; 0.01",
        "one-cycle(peak=0.5,from=0.1,to=0); 0; 0.1",
        "one-cycle(peak=0.5,from=0.1,to=0); 50; 1",
        "one-cycle(peak=0.5,from=0.1,to=0); 75; 0.5",
        "one-cycle(peak=0.5,from=0.1,to=0); 100; 0",
      })
  void followsItsCurve(String schedule, long step, double wanted) {
    assertThat(factor(schedule, step, 0)).isCloseTo(wanted, within(1e-12));
  }

  @Test
  void plateausCount() {
    assertThat(factor("plateau(factor=0.5)", 30, 0)).isEqualTo(1);
    assertThat(factor("plateau(factor=0.5)", 30, 3)).isEqualTo(0.125);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constant",
        "cosine(warmup=0.5,to=0.0123456789012345)",
        "linear(warmup=500steps)",
        "step(every=7,factor=0.3)",
        "step(at=3/60/80)",
        "one-cycle(peak=0.25,from=0.033333333333333333,to=1e-9)",
        "plateau(factor=0.2,patience=3,delta=1e-3,warmup=1)"
      })
  void comesBackFromItsText(String text) {
    Schedule schedule = Schedule.parse(text);
    assertThat(Schedule.parse(schedule.text())).isEqualTo(schedule);
    Recipe recipe = Recipe.PLAIN.withSchedule(schedule);
    assertThat(Recipe.of(recipe.settings())).isEqualTo(recipe);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cosin; unknown schedule 'cosin'",
        "cosine(to=2); schedule cosine requires a number from 0 to 1 as to, got '2'",
        "cosine(warm=2); schedule cosine has no argument 'warm=2'; known is cosine(",
        "cosine(warmup=x); schedule cosine requires a number of epochs, or of steps as 500steps,",
        "step(at=5/3); schedule step requires ascending epochs from 1, as 30/60/80, as at, got",
        "step(at=5,every=3); schedule step requires one of 'every' and 'at'",
        "plateau(patience=0); schedule plateau requires a number of epochs from 1 as patience",
      })
  void saysWhatIsWrong(String text, String start) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(start);
  }
}
