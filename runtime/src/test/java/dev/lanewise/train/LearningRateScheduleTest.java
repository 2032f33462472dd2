package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
  @Test
  void constantStays() {
    var schedule = LearningRateSchedule.constant(0.25);
    assertThat(schedule.at(0, 0)).isEqualTo(0.25);
    assertThat(schedule.at(1000, 99)).isEqualTo(0.25);
  }

  @Test
  void cosineWarmsUpAndFallsToZero() {
    var schedule = LearningRateSchedule.cosine(2, 4, 12);
    assertThat(schedule.at(0, 0)).isEqualTo(0.5);
    assertThat(schedule.at(3, 0)).isEqualTo(2);
    assertThat(schedule.at(4, 0)).isEqualTo(2);
    assertThat(schedule.at(8, 0)).isCloseTo(1, within(1e-12));
    assertThat(schedule.at(12, 0)).isCloseTo(0, within(1e-12));
    assertThat(schedule.at(99, 0)).isCloseTo(0, within(1e-12));
    assertThat(LearningRateSchedule.cosine(2, 0, 1).at(0, 0)).isEqualTo(2);
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> LearningRateSchedule.constant(-1))
        .hasMessage("learning rate must be 0 or more, got -1.0");
    assertThatThrownBy(() -> LearningRateSchedule.cosine(1, 5, 5))
        .hasMessage("a training of 5 steps has no room for a warm-up of 5");
  }
}
