package dev.lanewise.cli;

import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.training.Loss;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What training minimises. */
final class LossOption {
  private static final String NAME = "--loss";

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = NAME,
      paramLabel = "NAME",
      description =
          "What training minimises: categorical_crossentropy, of one class of each image;"
              + " binary_crossentropy, of any number of labels; mean_squared_error, of numbers; or"
              + " one of your own. Default: what the data have.")
  private String loss;

  /** Finds what is wrong before any time is spent. */
  void check() {
    if (loss != null) {
      OptionChecks.valid(spec, NAME, () -> Loss.parse(loss));
    }
  }

  /** Refuses what a resumed model brings with it. */
  void refuseWithResume(Path resume) {
    OptionChecks.notWithResume(spec, NAME, loss != null, resume);
  }

  /** Returns the loss, that of the data where none was asked for. */
  Loss loss(TargetKind kind) {
    return loss == null ? Loss.usual(kind) : Loss.parse(loss);
  }
}
