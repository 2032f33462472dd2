package dev.lanewise.cli;

import dev.lanewise.model.Model;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.report.ReportSubject;
import dev.lanewise.model.report.TensorBoardLog;
import dev.lanewise.model.report.TrainingLog;
import dev.lanewise.model.report.TrainingReport;
import dev.lanewise.model.training.HistoryFile;
import dev.lanewise.model.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a training leaves for those who look at it. */
final class RecordOptions {
  private static final int TENSORBOARD_STEPS = 10;

  /** Where a model remembers that its history goes. */
  private static final String HISTORY_NOTE = "history";

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "Write loss and metrics of the epochs as JSON, after each of them.")
  private Path history;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description =
          "Write a line of JSON after each epoch. A resumed training goes on with the file.")
  private Path log;

  @Option(
      names = "--log-steps",
      negatable = true,
      description = "With --log: also after each step.")
  private boolean logSteps;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Write a page, DIR/index.html, anew after each epoch: curves, confusion matrix, figures of"
              + " each class, the surest mistakes as pictures, times, settings.")
  private Path report;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "Write event files for TensorBoard, in which each training is one.")
  private Path tensorboard;

  @Option(
      names = "--tensorboard-steps",
      paramLabel = "N",
      description =
          "With --tensorboard: steps from one that is written to the next. Default: "
              + TENSORBOARD_STEPS
              + ".")
  private Integer tensorboardSteps;

  /**
   * Finds what is wrong before any time is spent.
   *
   * @param model where the model goes
   */
  void check(Path model) {
    OptionChecks.atLeast(spec, "--tensorboard-steps", tensorboardSteps, 1);
    require(!logSteps || log != null, "--log-steps requires --log");
    require(
        tensorboardSteps == null || tensorboard != null,
        "--tensorboard-steps requires --tensorboard");
    if (history != null) {
      OptionChecks.writable(spec, "--history", history);
      OptionChecks.replacesHistory(spec, "--history", history);
      OptionChecks.differ(spec, "--save", model, "--history", history);
    }
    if (log != null) {
      OptionChecks.writable(spec, "--log", log);
      OptionChecks.replacesLog(spec, "--log", log);
      OptionChecks.differ(spec, "--save", model, "--log", log);
    }
    if (history != null && log != null) {
      OptionChecks.differ(spec, "--history", history, "--log", log);
    }
    if (report != null) {
      ReportFolder.check(spec, report);
      ReportFolder.checkConfiguration(spec, report);
    }
    if (tensorboard != null) {
      ReportFolder.make(spec, "--tensorboard", tensorboard);
    }
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private static Path noted(Model model) {
    String noted = model.notes().get(HISTORY_NOTE);
    return noted == null ? null : Path.of(noted);
  }

  /**
   * Keeps another training's history that is where this one's goes, as models are kept, and notes
   * in the model where its own is.
   *
   * @param resume the file that is resumed; null for a new training
   * @return what became of the other, for the user; null where there is none
   */
  String keepHistory(Model model, Path resume) {
    if (history == null) {
      return null;
    }
    Path place = history.toAbsolutePath().normalize();
    boolean own = resume != null && place.equals(noted(model));
    model.notes().put(HISTORY_NOTE, place.toString());
    if (own || !OptionChecks.isFilled(history)) {
      return null;
    }
    Path kept = ModelSaver.keptAs(history);
    try {
      Files.copy(history, kept);
    } catch (IOException e) {
      throw new ModelException("cannot keep the history in " + history + " beside it: " + e, e);
    }
    return history + ", and keeps that of another training as " + kept.getFileName();
  }

  /** Returns what listens to a training, as was asked for. */
  List<TrainingListener> listeners(Model model, DatasetPair pair, long seed) {
    List<TrainingListener> listeners = new ArrayList<>();
    if (history != null) {
      listeners.add(new HistoryFile(history));
    }
    if (log != null) {
      listeners.add(new TrainingLog(log, logSteps));
    }
    if (tensorboard != null) {
      int steps = tensorboardSteps == null ? TENSORBOARD_STEPS : tensorboardSteps;
      listeners.add(new TensorBoardLog(tensorboard, steps, pair.train()));
    }
    if (report != null) {
      ReportFolder.writeConfiguration(report, model.notes().get(Configuration.NOTE));
      ReportSubject subject =
          new ReportSubject(
              "Training of " + model.network().name(),
              settings(model, seed),
              pair.train(),
              pair.test());
      listeners.add(
          new TrainingReport(
              report, subject, images -> model.predictEvaluated(images, model.batchSize())));
    }
    return listeners;
  }

  private Map<String, String> settings(Model model, long seed) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("command line", Invocation.of(spec));
    settings.put("version", Main.Version.text());
    settings.put("network", model.network().name());
    settings.put("input", model.imageShape() + " of " + model.preprocessing().formula());
    settings.put(
        TargetKind.behind(model.network().head()).outputs(model.classNames().size()),
        String.join(", ", model.classNames()));
    settings.put("optimiser", model.describeOptimizer());
    settings.put("threads", Integer.toString(model.threads()));
    settings.put("seed", Long.toString(seed));
    return settings;
  }
}
