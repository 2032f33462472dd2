package dev.lanewise.cli;

import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.training.Metric;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What training measures beside the loss. */
final class MetricsOption {
  private static final String NAME = "--metrics";

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = NAME,
      paramLabel = "NAME",
      split = ",",
      description =
          "What is measured beside the loss: accuracy, top_5_accuracy, precision, recall, f1_score,"
              + " auc, mean_absolute_error, or one of your own. Default: accuracy; of numbers,"
              + " mean_absolute_error.")
  private List<String> metrics;

  /** Finds what is wrong before any time is spent. */
  void check() {
    if (metrics != null) {
      metrics.forEach(name -> OptionChecks.valid(spec, NAME, () -> Metric.parse(name)));
    }
  }

  /** Refuses what a resumed model brings with it. */
  void refuseWithResume(Path resume) {
    OptionChecks.notWithResume(spec, NAME, metrics != null, resume);
  }

  /** Returns the metrics, what is usual for the data where none was asked for. */
  Metric[] metrics(TargetKind kind) {
    return metrics == null
        ? new Metric[] {Metric.usual(kind)}
        : metrics.stream().map(Metric::parse).toArray(Metric[]::new);
  }
}
