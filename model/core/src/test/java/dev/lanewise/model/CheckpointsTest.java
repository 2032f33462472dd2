package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.train.Adam;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
  private static final Path FILE = Path.of("model.h5");

  @Test
  void savesEverySoManyStepsAndTellsTheListeners() {
    List<String> events = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    int[] saves = {0};
    Checkpoints checkpoints =
        Checkpoints.everySteps(
            3,
            () -> {
              if (++saves[0] == 2) {
                throw new ModelException("the disk is full");
              }
              return FILE;
            },
            warnings::add);
    TrainingListener recorder =
        new TrainingListener() {
          @Override
          public void onStepEnd(StepResult step) {
            events.add(Long.toString(step.iteration()));
          }

          @Override
          public void onCheckpoint(Path file) {
            events.add("saved " + file);
          }
        };
    try (Model model =
        Model.build(
            TinyNetwork::new,
            ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES).withThreads(1))) {
      model.compile(new Adam(1e-3), Loss.CATEGORICAL_CROSSENTROPY);
      model.fit(
          new Stripes(20, 1),
          FitOptions.epochs(2).withBatchSize(4).withListener(recorder).withListener(checkpoints));
    }
    assertThat(events)
        .containsExactly(
            "1", "2", "3", "saved model.h5", "4", "5", "6", "7", "8", "9", "saved model.h5", "10");
    assertThat(warnings)
        .containsExactly("the disk is full; the training goes on, and it will be tried again");
  }
}
