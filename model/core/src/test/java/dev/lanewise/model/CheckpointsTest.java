package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.model.training.Watch;
import dev.lanewise.train.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private static Model model() {
    Model model =
        Model.build(
            TinyNetwork::new,
            ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES).withThreads(1));
    model.compile(new Adam(1e-3), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    return model;
  }

  private static void train(Model model, Checkpoints checkpoints, int epochs) {
    model.fit(
        new Stripes(20, 1),
        FitOptions.epochs(epochs)
            .withBatchSize(4)
            .withValidation(new Stripes(12, 2))
            .withListener(checkpoints));
  }

  private static Supplier<Path> saving(Model model, Path file) {
    return () -> {
      model.save(file);
      return file;
    };
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void lastOnesAreKept(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("m.h5");
    List<String> warnings = new ArrayList<>();
    try (Model model = model()) {
      Checkpoints checkpoints = Checkpoints.everySteps(2, saving(model, file), warnings::add);
      train(model, checkpoints.withKept(3, model.notes()), 2);
      assertThat(names(folder))
          .containsExactly(
              "m-epoch002-step000006.h5",
              "m-epoch002-step000008.h5",
              "m-epoch002-step000010.h5",
              "m.h5");
      assertThat(file).hasSameBinaryContentAs(folder.resolve("m-epoch002-step000010.h5"));
      model.save(file);
    }
    try (Model first =
        Model.load(folder.resolve("m-epoch002-step000006.h5"), TinyNetwork::new, 1)) {
      assertThat(first.unfinished()).map(TrainingPlan::batchesDone).contains(1);
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void resumedTrainingGoesOnWithThem(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("m.h5");
    List<String> warnings = new ArrayList<>();
    try (Model model = model()) {
      Checkpoints checkpoints = Checkpoints.everyEpochs(1, saving(model, file), warnings::add);
      train(model, checkpoints.withKept(2, model.notes()), 3);
      assertThat(names(folder)).containsExactly("m-epoch002.h5", "m-epoch003.h5", "m.h5");
      model.save(file);
    }
    // Neither a file of others in the next one's place, nor one that they changed, is touched.
    Files.writeString(folder.resolve("m-epoch004.h5"), "mine");
    Files.writeString(folder.resolve("m-epoch002.h5"), "changed");
    try (Model model = Model.load(file, TinyNetwork::new, 1)) {
      Checkpoints checkpoints = Checkpoints.everyEpochs(1, saving(model, file), warnings::add);
      train(model, checkpoints.withKept(2, model.notes()), 2);
    }
    assertThat(names(folder))
        .containsExactly(
            "m-epoch002.h5", "m-epoch004.1.h5", "m-epoch004.h5", "m-epoch005.h5", "m.h5");
    assertThat(folder.resolve("m-epoch004.h5")).hasContent("mine");
    assertThat(folder.resolve("m-epoch002.h5")).hasContent("changed");
    assertThat(warnings).isEmpty();
  }

  @Test
  void olderOnesStayWhereTheNewerOneFails(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("m.h5");
    List<String> warnings = new ArrayList<>();
    try (Model model = model()) {
      int[] saves = {0};
      Supplier<Path> save =
          () -> {
            if (++saves[0] > 1) {
              throw new ModelException("the disk is full");
            }
            return saving(model, file).get();
          };
      Checkpoints checkpoints = Checkpoints.everyEpochs(1, save, warnings::add);
      train(model, checkpoints.withKept(1, model.notes()), 2);
    }
    assertThat(names(folder)).containsExactly("m-epoch001.h5", "m.h5");
    assertThat(warnings).hasSize(1);
  }

  @Test
  void bestIsFoundByTheFigureOfChoice() {
    for (Watch by : List.of(Watch.LOSS, Watch.VAL_LOSS, Watch.ACCURACY, Watch.VAL_ACCURACY)) {
      List<Integer> best = new ArrayList<>();
      List<Integer> wanted = new ArrayList<>();
      try (Model model = model()) {
        Checkpoints checkpoints =
            Checkpoints.every(Duration.ofHours(1), () -> FILE, warning -> {})
                .withBest(
                    by,
                    () -> {
                      best.add(model.epochsDone());
                      return FILE;
                    });
        train(model, checkpoints, 6);
        double least = Double.NaN;
        for (EpochResult epoch : model.history().epochs()) {
          if (by.isBetter(by.of(epoch), least, 0)) {
            least = by.of(epoch);
            wanted.add(epoch.epoch());
          }
        }
      }
      assertThat(best).as(by.text()).isEqualTo(wanted);
    }
  }
}
