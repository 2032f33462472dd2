package dev.lanewise.cli;

import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What training minimises, and what is measured beside it. */
final class MeasureOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      description =
          "What training minimises: categorical_crossentropy, of one class of each image;"
              + " binary_crossentropy, of any number of labels; mean_squared_error, of numbers; or"
              + " one of your own. Default: what the data have.")
  private String loss;

  @Option(
      names = "--metrics",
      paramLabel = "NAME",
      split = ",",
      description =
          "What is measured beside the loss: accuracy, top_5_accuracy, precision, recall, f1_score,"
              + " auc, mean_absolute_error, or one of your own. Default: accuracy; of numbers,"
              + " mean_absolute_error.")
  private List<String> metrics;

  /** Finds what is wrong before any time is spent. */
  void check() {
    if (loss != null) {
      read("--loss", () -> Loss.parse(loss));
    }
    if (metrics != null) {
      metrics.forEach(name -> read("--metrics", () -> Metric.parse(name)));
    }
  }

  private <T> T read(String option, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
    }
  }

  /** Refuses what a resumed model brings with it. */
  void refuseWithResume(Object resume) {
    String option = loss != null ? "--loss" : metrics != null ? "--metrics" : null;
    if (option != null) {
      throw new ParameterException(
          spec.commandLine(),
          option + " does not go with --resume: it is what " + resume + " says");
    }
  }

  /** Returns the loss, that of the data where none was asked for. */
  Loss loss(TargetKind kind) {
    return loss == null ? Loss.usual(kind) : Loss.parse(loss);
  }

  /** Returns the metrics, what is usual for the data where none was asked for. */
  Metric[] metrics(TargetKind kind) {
    return metrics == null
        ? new Metric[] {Metric.usual(kind)}
        : metrics.stream().map(Metric::parse).toArray(Metric[]::new);
  }
}
