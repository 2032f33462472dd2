package dev.lanewise.model.report;

import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.text.Numbers;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.Figures;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingRun;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes a page that shows a training, anew after each epoch: {@code index.html} in a folder, which
 * needs neither a server nor a network. Predicting the validation images takes as long as
 * evaluating them; so that it costs little, it is done after an epoch only once twenty times that
 * time has gone by since the last one, and at the end.
 */
public final class TrainingReport implements TrainingListener {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final double NANOS_PER_SECOND = 1e9;

  /** How many times the time of predicting must go by before it is done again. */
  private static final int PATIENCE = 20;

  private final Path folder;
  private final ReportSubject subject;
  private final Function<ImageDataset, float[][]> predict;
  private final Map<String, String> data;
  private final List<EpochResult> epochs = new ArrayList<>();
  private TrainingRun run;
  private String sheet;
  private Predictions predictions;
  private String predictedWhen;
  private long predictedAt;
  private long predictedIn;
  private long reporting;

  /**
   * Prepares a page.
   *
   * @param folder where it goes; it is made where it is not there
   * @param subject what it is about
   * @param predict gives the outputs for each image, as the model stands
   */
  public TrainingReport(
      Path folder, ReportSubject subject, Function<ImageDataset, float[][]> predict) {
    this.folder = folder;
    this.subject = subject;
    this.predict = predict;
    this.data = Facts.data(subject);
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    this.run = run;
    epochs.clear();
    epochs.addAll(run.history().epochs());
    timed(
        () -> {
          sheet = AugmentationSheet.draw(run, subject.train()).map(Html::sheet).orElse("");
          write("training has begun");
        });
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    epochs.add(epoch);
    boolean due = predictions == null || System.nanoTime() - predictedAt > PATIENCE * predictedIn;
    timed(
        () -> {
          if (due) {
            predict(", after epoch " + epoch.epoch());
          }
          write("epoch " + epoch.epoch() + " of " + run.plan().lastEpoch() + " is done");
        });
  }

  @Override
  public void onTrainEnd(History history) {
    timed(
        () -> {
          // Who stops a training waits for its end.
          if (run.stopped().isEmpty()) {
            predict(", of the result");
          }
          write(run.stopped().map(reason -> "stopped by " + reason).orElse("training is done"));
        });
  }

  @Override
  public void onTrainFailed(Throwable failure) {
    timed(() -> write("training failed: " + failure.getMessage()));
  }

  private void timed(Runnable work) {
    long start = System.nanoTime();
    work.run();
    reporting += System.nanoTime() - start;
  }

  private void predict(String when) {
    if (subject.validation() == null || epochs.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    predictions = new Predictions(subject.validation(), predict.apply(subject.validation()));
    predictedWhen = when;
    predictedAt = System.nanoTime();
    predictedIn = predictedAt - start;
  }

  private void write(String state) {
    Page page =
        new Page(subject.title(), state + ", written " + LocalDateTime.now().format(TIME))
            .section("Now", epochs.isEmpty() ? "" : Html.figures(figures()))
            .section("Curves", Curves.html(epochs));
    if (predictions != null) {
      PredictionSections.add(page, predictions, predictedWhen);
    }
    page.section("Epochs", EpochTable.html(epochs))
        .section(
            "Time", Phases.html(epochs, run.plan().batchesPerEpoch(), reporting / NANOS_PER_SECOND))
        .section("What training sees of images", sheet)
        .section("Settings", Html.facts(settings()))
        .section("Images", Html.facts(data))
        .section("Machine", Html.facts(Facts.machine()))
        .write(folder);
  }

  private Map<String, String> figures() {
    EpochResult last = epochs.getLast();
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("epoch", last.epoch() + "/" + run.plan().lastEpoch());
    last.figures()
        .forEach(
            (name, value) -> {
              String plain = Figures.plainName(name).replace('_', ' ');
              put(figures, Figures.isOfValidation(name) ? "validation " + plain : plain, value);
            });
    return figures;
  }

  private static void put(Map<String, String> figures, String name, double value) {
    if (!Double.isNaN(value)) {
      figures.put(name, Numbers.fixed4(value));
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(subject.settings());
    settings.put("batch", Integer.toString(run.plan().batchSize()));
    run.recipe().settings().forEach((name, text) -> settings.put(name.replace('_', ' '), text));
    return settings;
  }
}
