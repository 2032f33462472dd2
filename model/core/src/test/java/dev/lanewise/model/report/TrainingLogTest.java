package dev.lanewise.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.training.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLogTest {
  private static final String FIRST =
      "{\"event\": \"epoch\", \"epoch\": 1, \"loss\": 1.0, \"accuracy\": 0.25, \"seconds\": 12.5,"
          + " \"ms_per_step\": 361.4, \"learning_rate\": 0.001, \"waited\": 0.125}";

  private static final String STEP =
      "{\"event\": \"step\", \"epoch\": 1, \"batch\": 1, \"iteration\": 1, \"batch_loss\": 1.5,"
          + " \"loss\": 1.25, \"accuracy\": 0.5, \"learning_rate\": 0.001}";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("log.jsonl");
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file);
  }

  /** Does two epochs, and one step of the third, as a training that is killed then. */
  private List<String> twoEpochs() throws IOException {
    TrainingLog log = new TrainingLog(file, true);
    log.onTrainBegin(Runs.at(0));
    for (int epoch = 1; epoch <= 2; epoch++) {
      log.onStepEnd(Runs.step(epoch, 1));
      log.onStepEnd(Runs.step(epoch, 2));
      log.onEpochEnd(Runs.epoch(epoch));
    }
    log.onStepEnd(Runs.step(3, 1));
    return lines();
  }

  @Test
  void everyEventIsThereAtOnce() throws IOException {
    List<String> lines = twoEpochs();
    assertThat(lines).hasSize(7).startsWith(STEP).element(2).isEqualTo(FIRST);
  }

  @Test
  void stepsAreLeftOutUnlessAskedFor() throws IOException {
    TrainingLog log = new TrainingLog(file, false);
    log.onTrainBegin(Runs.at(0));
    log.onStepEnd(Runs.step(1, 1));
    log.onEpochEnd(Runs.epoch(1));
    log.onTrainEnd(new History(List.of()));
    assertThat(lines()).containsExactly(FIRST);
  }

  @Test
  void resumedTrainingGoesOnFromWhereTheModelStands() throws IOException {
    List<String> before = twoEpochs();
    Files.writeString(file, "{\"event\": \"st", StandardOpenOption.APPEND);
    // The model was saved after the first batch of epoch 2: what followed is done again.
    TrainingLog log = new TrainingLog(file, true);
    log.onTrainBegin(Runs.at(1, Runs.epoch(1)));
    assertThat(lines()).isEqualTo(before.subList(0, 4));
    log.onStepEnd(Runs.step(2, 2));
    log.onEpochEnd(Runs.epoch(2));
    log.onStepEnd(Runs.step(3, 1));
    assertThat(lines()).isEqualTo(before);
  }

  @Test
  void newFileOfAResumedTrainingHasTheEpochsBefore() throws IOException {
    TrainingLog log = new TrainingLog(file, true);
    log.onTrainBegin(Runs.at(0, Runs.epoch(1), Runs.epoch(2)));
    log.onEpochEnd(Runs.epoch(3));
    assertThat(new ArrayList<>(lines())).hasSize(3).startsWith(FIRST);
  }

  @Test
  void newTrainingBeginsAnew() throws IOException {
    twoEpochs();
    new TrainingLog(file, true).onTrainBegin(Runs.at(0));
    assertThat(lines()).isEmpty();
  }
}
