package dev.lanewise.cli;

import dev.lanewise.model.training.OptimizerSettings;
import dev.lanewise.model.training.OptimizerSettings.Kind;
import dev.lanewise.train.Optimizer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The optimiser and its settings. */
final class OptimizerOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--optimizer",
      paramLabel = "adam|sgd",
      description = "How parameters follow their gradients. Default: adam.")
  private Kind kind;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description =
          "Default: "
              + OptimizerSettings.ADAM_RATE
              + " for adam, "
              + OptimizerSettings.SGD_RATE
              + " for sgd; with --resume, as before.")
  private Double learningRate;

  @Option(
      names = "--momentum",
      paramLabel = "M",
      description = "Of sgd, from 0 to below 1. Default: 0.")
  private Double momentum;

  @Option(names = "--nesterov", negatable = true, description = "Nesterov's momentum, of sgd.")
  private boolean nesterov;

  @Option(
      names = "--weight-decay",
      paramLabel = "D",
      description =
          "Each step first shrinks kernels, and neither biases nor what normalisations scale and"
              + " shift by, by learning rate x D. Default: 0.")
  private Double weightDecay;

  /**
   * Makes the optimiser.
   *
   * @throws ParameterException where settings are out of range or do not go together
   */
  Optimizer create() {
    OptionChecks.learningRate(spec, "--learning-rate", learningRate);
    OptionChecks.within(spec, "--momentum", momentum, 0, 1);
    OptionChecks.within(spec, "--weight-decay", weightDecay, 0, Double.POSITIVE_INFINITY);
    if (weightDecay != null && weightDecay > 0) {
      OptionChecks.learningRate(spec, "--weight-decay", weightDecay);
    }
    double m = momentum == null ? 0 : momentum;
    if (kind == Kind.SGD) {
      if (nesterov && m == 0) {
        throw mistake("--nesterov requires a --momentum above 0");
      }
    } else if (momentum != null || nesterov) {
      throw mistake(
          (nesterov ? "--nesterov" : "--momentum") + " requires --optimizer sgd: adam has its own");
    }
    return new OptimizerSettings(
            kind == null ? Kind.ADAM : kind,
            learningRate == null ? Double.NaN : learningRate,
            m,
            nesterov,
            weightDecay == null ? 0 : weightDecay)
        .create();
  }

  /** Returns what holds where nothing else is asked for, by the options' names. */
  Map<String, Object> defaults() {
    Map<String, Object> defaults = new HashMap<>();
    defaults.put("--optimizer", Kind.ADAM);
    defaults.put("--learning-rate", (kind == null ? Kind.ADAM : kind).usualRate());
    defaults.put("--weight-decay", 0.0);
    if (kind == Kind.SGD) {
      defaults.put("--momentum", 0.0);
    }
    return defaults;
  }

  /** Returns whether anything was asked for. */
  boolean isGiven() {
    return kind != null
        || learningRate != null
        || momentum != null
        || nesterov
        || weightDecay != null;
  }

  /** Refuses settings of an optimiser that comes with the model, but for its rate. */
  void refuseWithResume(Path resume) {
    OptionChecks.learningRate(spec, "--learning-rate", learningRate);
    if (kind != null || momentum != null || nesterov || weightDecay != null) {
      throw mistake(
          "of the optimiser, only --learning-rate goes with --resume: the rest is what "
              + resume
              + " says");
    }
  }

  /** Gives a resumed optimiser the learning rate, where one was asked for. */
  void adjust(Optimizer optimizer) {
    if (learningRate != null) {
      optimizer.setLearningRate(learningRate);
    }
  }

  private ParameterException mistake(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
