package dev.lanewise.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.model.text.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final double NONE = Double.NaN;

  private static final EpochResult FIRST =
      new EpochResult(1, 12.5, 361.4, figures(1.5, 0.25, 1.75, 0.2), 1e-3, 0.125);
  private static final EpochResult SECOND =
      new EpochResult(2, 12, 350, figures(0.8123, 0.7, NONE, 0.6), 5e-4, 0);

  @TempDir private Path folder;

  private static Figures figures(double... values) {
    return new Figures(List.of("loss", "accuracy", "val_loss", "val_accuracy"), values);
  }

  private static TrainingRun run(int lastEpoch) {
    return new TrainingRun() {
      @Override
      public TrainingPlan plan() {
        return new TrainingPlan(1, lastEpoch, 0, 3, 90, 32, 1);
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
    };
  }

  @Test
  void jsonHasOneListPerValueAndNullForWhatIsNotFinite() {
    assertThat(new History(List.of(FIRST, SECOND)).toJson())
        .isEqualTo(
            "{\"epoch\": [1, 2], \"loss\": [1.5, 0.8123], \"accuracy\": [0.25, 0.7],"
                + " \"val_loss\": [1.75, null], \"val_accuracy\": [0.2, 0.6],"
                + " \"seconds\": [12.5, 12.0], \"ms_per_step\": [361.4, 350.0],"
                + " \"learning_rate\": [0.001, 5.0E-4], \"waited\": [0.125, 0.0]}");
  }

  @Test
  void jsonLeavesOutWhatWasNeverMeasured() {
    EpochResult epoch = new EpochResult(1, 1, 1, figures(2, 0.5, NONE, NONE), NONE, NONE);
    assertThat(new History(List.of(epoch)).toJson()).doesNotContain("val_");
  }

  @Test
  void lineReadsLikeKeras() {
    assertThat(FIRST.line(20, 120))
        .isEqualTo(
            "Epoch  1/20  12.5 s  361 ms/step  13 % waiting  loss 1.5000  accuracy 0.2500"
                + "  val_loss 1.7500  val_accuracy 0.2000");
    assertThat(new EpochResult(3, 1, 2, figures(3, NONE, NONE, NONE), NONE, NONE).line(3, 80))
        .isEqualTo("Epoch 3/3  1.0 s  2 ms/step  loss 3.0000");
  }

  @Test
  void lineFitsItsColumns() {
    assertThat(FIRST.line(20, 80))
        .isEqualTo("Epoch  1/20  12.5 s  loss 1.5000  acc 0.2500  val_loss 1.7500  val_acc 0.2000");
    EpochResult slow =
        new EpochResult(999, 86_400, 9e5, figures(12_345.6, 0.25, 123_456.7, 0.2), NONE, NONE);
    assertThat(slow.line(1000, 80))
        .hasSizeLessThanOrEqualTo(80)
        .isEqualTo(
            "Epoch  999/1000  loss 1.235e+04  acc 0.2500  val_loss 1.235e+05  val_acc 0.2000");
    assertThat(slow.line(1000, 200)).contains("  900000 ms/step  ");
  }

  @Test
  void fileIsReplacedAfterEachEpochAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("history.json");
    Files.writeString(file, "older");
    HistoryFile listener = new HistoryFile(file);
    listener.onTrainBegin(run(2));
    listener.onEpochEnd(FIRST);
    assertThat(file).content().isEqualTo(new History(List.of(FIRST)).toJson() + "\n");
    listener.onEpochEnd(SECOND);
    assertThat(file).content().isEqualTo(new History(List.of(FIRST, SECOND)).toJson() + "\n");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void missingFolderIsOneSentence() {
    Path file = folder.resolve("nowhere").resolve("history.json");
    assertThatThrownBy(() -> new History(List.of(FIRST)).writeJson(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "cannot save the history to '"
                + file
                + "': there is no folder '"
                + file.getParent()
                + "'");
  }

  @Test
  void epochLinesKnowTheLastEpoch() {
    List<String> lines = new ArrayList<>();
    EpochLines listener = new EpochLines(lines::add, () -> 80);
    listener.onTrainBegin(run(7));
    listener.onEpochEnd(FIRST);
    assertThat(lines).singleElement().asString().startsWith("Epoch 1/7  ");
  }

  @Test
  void epochLinesKeepTheFormOfTheFirst() {
    List<String> lines = new ArrayList<>();
    EpochLines listener = new EpochLines(lines::add, () -> 80);
    listener.onTrainBegin(run(20));
    listener.onEpochEnd(FIRST);
    listener.onEpochEnd(
        new EpochResult(2, 1234.5, 361.4, figures(1.5, 0.25, 1234.75, 0.2), 1e-3, 0.125));
    assertThat(lines.get(1))
        .startsWith("Epoch  2/20  1234.5 s  loss 1.5000  acc 0.2500  val_loss 1234.7");
    lines.clear();
    listener = new EpochLines(lines::add, () -> Integer.MAX_VALUE);
    listener.onTrainBegin(run(20));
    listener.onEpochEnd(FIRST);
    assertThat(lines).containsExactly(FIRST.line(20, 1000));
  }

  @Test
  void bestEpochIsTheOneSinceWhichNoneWasBetter() {
    History history = new History(List.of(FIRST, SECOND));
    assertThat(history.best(Watch.VAL_ACCURACY, 0)).contains(SECOND);
    assertThat(history.best(Watch.VAL_ACCURACY, 0.5)).contains(FIRST);
    assertThat(history.best(Watch.LOSS, 0)).contains(SECOND);
    assertThat(history.best(new Watch("val_auc", true), 0)).isEmpty();
  }

  @Test
  void numbersReadAsTheyAreTyped() {
    assertThat(Numbers.text(1e-3)).isEqualTo("0.001");
    assertThat(Numbers.text(1e-7)).isEqualTo("1e-7");
    assertThat(Numbers.text(2.5e-6)).isEqualTo("2.5e-6");
    assertThat(Numbers.text(1e9)).isEqualTo("1e9");
    assertThat(Numbers.text(10)).isEqualTo("10");
    assertThat(Numbers.text(1e28 / 17)).isEqualTo("5.88235e26");
    assertThat(Numbers.text(0)).isEqualTo("0");
  }
}
