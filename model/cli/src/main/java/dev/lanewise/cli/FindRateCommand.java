package dev.lanewise.cli;

import dev.lanewise.formats.io.Replacement;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.LoadListener;
import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.report.LearningRateTest;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Measurement;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for a learning rate. */
@Command(
    name = "find-lr",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Suggests a learning rate, and saves no model.",
    description = {
      "",
      "Trains with a learning rate that rises at each step, until the loss explodes (Smith 2017),"
          + " and tells at which it falls fastest. Images, network, optimiser and loss are given"
          + " as for 'lanewise train'; --learning-rate has no effect.",
      ""
    })
final class FindRateCommand implements Callable<Integer> {
  /** Steps from one that is told to the next. */
  private static final int TOLD_STEPS = 10;

  @Spec private CommandSpec spec;

  @Mixin private ImageOptions images;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "Images per step. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "100",
      description = "Steps from the least rate to the greatest. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--from",
      paramLabel = "RATE",
      defaultValue = "1e-7",
      description = "The least rate. Default: ${DEFAULT-VALUE}.")
  private double from;

  @Option(
      names = "--to",
      paramLabel = "RATE",
      defaultValue = "10",
      description = "The greatest rate. Default: ${DEFAULT-VALUE}.")
  private double to;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Draw loss over learning rate; the name ends in .svg.")
  private Path file;

  @Mixin private OverwriteOption overwrite;

  @Mixin private OptimizerOptions optimizer;

  @Mixin private LossOption lossOption;

  @Mixin private FineTuneOptions fineTune;

  @Mixin private ComputeOptions compute;

  @Override
  public Integer call() {
    OptionChecks.atLeast(spec, "--batch", batch, 1);
    images.check();
    optimizer.create();
    lossOption.check();
    fineTune.check();
    OptionChecks.learningRate(spec, "--from", from);
    OptionChecks.learningRate(spec, "--to", to);
    OptionChecks.above(spec, "--to", to, "--from", from);
    OptionChecks.atLeast(spec, "--steps", steps, LearningRateTest.LEAST_STEPS);
    LearningRateTest test = new LearningRateTest(from, to, steps);
    if (file != null) {
      OptionChecks.ends(spec, "--out", file, ".svg");
      overwrite.check(file);
    }
    String name = images.network().networkOr(fineTune.network());
    InputSize size = images.network().inputOr(fineTune.input());
    DatasetPair pair = images.open(ImageOptions.shape(name, size), LoadListener.NONE);
    Preflight.largeBatch(batch, pair.train().size())
        .ifPresent(warning -> spec.commandLine().getErr().println("lanewise: " + warning));
    TargetKind kind = pair.train().targetKind();
    Loss loss = lossOption.loss(kind);
    Measurement.requireTargets(loss, List.of(), kind);
    ModelOptions options =
        ModelOptions.of(size.height(), size.width(), pair.train().classNames(), loss.head())
            .withThreads(compute.threads())
            .withSeed(images.seed())
            .withPreprocessing(fineTune.preprocessing(pair.train()));
    try (Model model = Model.build(name, options)) {
      model.compile(optimizer.create(), loss);
      fineTune.apply(model);
      tell(run(test, model, pair));
    }
    return 0;
  }

  private LearningRateTest.Result run(LearningRateTest test, Model model, DatasetPair pair) {
    PrintWriter out = spec.commandLine().getOut();
    int[] done = {0};
    return test.run(
        model.network(),
        model.loss(),
        model.optimizer(),
        model.preprocessing(),
        pair.train(),
        batch,
        images.seed(),
        point -> {
          if (done[0]++ % TOLD_STEPS == 0) {
            out.println(
                String.format(
                    Locale.ROOT,
                    "Step %d/%d  learning rate %.2e  loss %.4f",
                    done[0],
                    steps,
                    point.rate(),
                    point.smoothed()));
            out.flush();
          }
        });
  }

  private void tell(LearningRateTest.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    if (result.exploded()) {
      out.println("The loss exploded after " + result.points().size() + " steps.");
    }
    OptionalDouble rate = result.suggestion();
    out.println(
        rate.isPresent()
            ? String.format(Locale.ROOT, "Suggested: --learning-rate %.2g", rate.getAsDouble())
            : "No learning rate of this range lowered the loss.");
    if (file != null && !result.points().isEmpty()) {
      Replacement.write(file, "the drawing", result.svg().getBytes(StandardCharsets.UTF_8));
      out.println("Drawn to " + file);
    }
  }
}
