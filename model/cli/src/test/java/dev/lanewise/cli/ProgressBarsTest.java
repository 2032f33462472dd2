package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.training.TrainingPlan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarsTest {
  @ParameterizedTest
  @ValueSource(ints = {40, 80, 100, 200})
  void barsNeverReachTheLastColumn(int columns) {
    List<String> drawn = draw(columns);
    assertThat(drawn).allSatisfy(line -> assertThat(line.length()).isLessThan(columns));
    assertThat(drawn.getLast()).isBlank();
    assertThat(drawn).anySatisfy(line -> assertThat(line).startsWith("Epoch 12/120"));
  }

  @Test
  void usualTerminalShowsLossAndAccuracy() {
    assertThat(draw(80)).anySatisfy(line -> assertThat(line).contains("loss 12.3457  acc 0.9877"));
  }

  @Test
  void widthIsAskedForAtEachEpoch() {
    StringWriter out = new StringWriter();
    int[] columns = {200};
    ProgressBars bars = new ProgressBars(new PrintWriter(out), () -> columns[0]);
    epoch(bars);
    columns[0] = 80;
    out.getBuffer().setLength(0);
    epoch(bars);
    assertThat(lines(out)).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
  }

  private static List<String> draw(int columns) {
    StringWriter out = new StringWriter();
    epoch(new ProgressBars(new PrintWriter(out), () -> columns));
    return lines(out);
  }

  private static void epoch(ProgressBars bars) {
    bars.onTrainBegin(new TrainingPlan(1, 120, 1000, 32_000, 32));
    bars.onEpochBegin(12);
    bars.onBatchEnd(999, 12.345_678, 0.987_65);
    bars.onBatchEnd(1000, 12.345_678, 0.987_65);
  }

  private static List<String> lines(StringWriter out) {
    return out.toString().lines().filter(line -> !line.isEmpty()).toList();
  }
}
