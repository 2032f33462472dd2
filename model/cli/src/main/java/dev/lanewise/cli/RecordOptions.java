package dev.lanewise.cli;

import dev.lanewise.model.Model;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.report.ReportSubject;
import dev.lanewise.model.report.TensorBoardLog;
import dev.lanewise.model.report.TrainingLog;
import dev.lanewise.model.report.TrainingReport;
import dev.lanewise.model.training.TrainingListener;
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

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description =
          "Write a line of JSON after each epoch. A resumed training goes on with the file.")
  private Path log;

  @Option(names = "--log-steps", description = "With --log: also after each step.")
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

  /** Finds what is wrong before any time is spent. */
  void check() {
    OptionChecks.atLeast(spec, "--tensorboard-steps", tensorboardSteps, 1);
    require(!logSteps || log != null, "--log-steps requires --log");
    require(
        tensorboardSteps == null || tensorboard != null,
        "--tensorboard-steps requires --tensorboard");
    if (log != null) {
      OptionChecks.writable(spec, "--log", log);
      OptionChecks.replacesLog(spec, "--log", log);
    }
    if (report != null) {
      ReportFolder.check(spec, report);
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

  /** Returns where the log goes; null for nowhere. */
  Path log() {
    return log;
  }

  /** Returns what listens to a training, as was asked for. */
  List<TrainingListener> listeners(Model model, DatasetPair pair, long seed) {
    List<TrainingListener> listeners = new ArrayList<>();
    if (log != null) {
      listeners.add(new TrainingLog(log, logSteps));
    }
    if (tensorboard != null) {
      int steps = tensorboardSteps == null ? TENSORBOARD_STEPS : tensorboardSteps;
      listeners.add(new TensorBoardLog(tensorboard, steps, pair.train()));
    }
    if (report != null) {
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
    settings.put(
        "command line",
        "lanewise " + String.join(" ", spec.commandLine().getParseResult().originalArgs()));
    settings.put("version", Main.Version.text());
    settings.put("network", model.network().name());
    settings.put("input", model.imageShape() + " of " + model.preprocessing().text());
    settings.put("classes", String.join(", ", model.classNames()));
    settings.put("optimiser", model.describeOptimizer());
    settings.put("threads", Integer.toString(model.threads()));
    settings.put("seed", Long.toString(seed));
    return settings;
  }
}
