package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.CheckpointInterval.Unit;
import dev.lanewise.model.error.ModelException;
import org.junit.jupiter.api.Test;

class CheckpointIntervalTest {
  @Test
  void textsAreRead() {
    assertThat(CheckpointInterval.parse("30s")).isEqualTo(new CheckpointInterval(30, Unit.SECONDS));
    assertThat(CheckpointInterval.parse("10m"))
        .isEqualTo(CheckpointInterval.parse("10min"))
        .isEqualTo(new CheckpointInterval(10, Unit.MINUTES));
    assertThat(CheckpointInterval.parse("2h")).isEqualTo(new CheckpointInterval(2, Unit.HOURS));
    assertThat(CheckpointInterval.parse("500steps"))
        .isEqualTo(new CheckpointInterval(500, Unit.STEPS));
    assertThat(CheckpointInterval.parse("1 epoch"))
        .isEqualTo(CheckpointInterval.parse("1epochs"))
        .isEqualTo(new CheckpointInterval(1, Unit.EPOCHS));
  }

  @Test
  void whatIsWrittenIsRead() {
    for (Unit unit : Unit.values()) {
      CheckpointInterval interval = new CheckpointInterval(7, unit);
      assertThat(CheckpointInterval.parse(interval.toString())).isEqualTo(interval);
    }
  }

  @Test
  void otherTextsAreRefused() {
    for (String text : new String[] {"often", "", "0s", "-1m", "1.5h", "3days", "9999999999s"}) {
      assertThatThrownBy(() -> CheckpointInterval.parse(text))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "an interval requires a form like 30s, 10m, 2h, 500steps or 1epochs, got '"
                  + text
                  + "'");
    }
    assertThatThrownBy(() -> new CheckpointInterval(0, Unit.STEPS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("from 1 to 999999999, got 0");
  }
}
