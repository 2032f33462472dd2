package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.training.Figures;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.model.training.TrainingRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  @Test
  void whatIsPrintedAsideStandsOnALineOfItsOwn() {
    StringWriter out = new StringWriter();
    PrintWriter terminal = new PrintWriter(out);
    ProgressBars bars = new ProgressBars(terminal, () -> 80);
    bars.aside(() -> terminal.println("before"));
    bars.onTrainBegin(new Run());
    bars.onEpochBegin(12);
    bars.onStepEnd(step(999));
    bars.aside(() -> terminal.println("aside"));
    bars.onStepEnd(step(1000));
    assertThat(out.toString()).startsWith("before" + System.lineSeparator());
    assertThat(out.toString()).contains("\r" + " ".repeat(79) + "\raside" + System.lineSeparator());
  }

  private static List<String> draw(int columns) {
    StringWriter out = new StringWriter();
    epoch(new ProgressBars(new PrintWriter(out), () -> columns));
    return lines(out);
  }

  private static void epoch(ProgressBars bars) {
    bars.onTrainBegin(new Run());
    bars.onEpochBegin(12);
    bars.onStepEnd(step(999));
    bars.onStepEnd(step(1000));
  }

  private static StepResult step(int batch) {
    Figures figures = new Figures(List.of("loss", "accuracy"), 12.345_678, 0.987_65);
    return new StepResult(12, batch, batch, 1, figures, 1e-3, Double.NaN, 32);
  }

  record Run() implements TrainingRun {
    @Override
    public TrainingPlan plan() {
      return new TrainingPlan(1, 120, 0, 1000, 32_000, 32, 1);
    }

    @Override
    public Recipe recipe() {
      return Recipe.PLAIN;
    }

    @Override
    public History history() {
      return new History(List.of());
    }

    @Override
    public void stop(String reason) {}

    @Override
    public void saved(Path file) {}

    @Override
    public Optional<String> stopped() {
      return Optional.empty();
    }
  }

  private static List<String> lines(StringWriter out) {
    return out.toString().lines().filter(line -> !line.isEmpty()).toList();
  }
}
