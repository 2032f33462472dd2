package dev.lanewise.cli;

import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.Networks;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.LoadListener;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Measurement;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.Schedule;
import dev.lanewise.train.KernelInitializer;
import dev.lanewise.train.KernelInitializers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a network and saves it. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Trains a network on images and saves it.",
    description = {
      "",
      "--data PATH is one of",
      "  - a folder with train_*.h5 and test_*.h5 in the form of the SIGNS data set",
      "    (train_set_x, train_set_y, list_classes),",
      "  - a folder of JPEG and PNG files with one sub-folder per class, or with the",
      "    class as the word that starts each file's name (cat.12.jpg),",
      "  - a folder with labels.csv: 'file' and names in its first line, then in each",
      "    an image file and its class, 0 or 1 for each label, or numbers,",
      "  - a folder with the sub-folders train and test, each like that.",
      "Images of any size are resized to --input. Without --data the program draws a data set of"
          + " hands that hold up 0 to 5 fingers.",
      "",
      "Loss and metrics of the test part are told after every epoch; it never changes the"
          + " network. The same seed gives the same bits, on any number of threads.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lanewise train",
      "  lanewise train --data signs --epochs 20 --history signs.json --save signs.h5",
      "  lanewise train --data signs --report seen --log signs.jsonl --tensorboard runs",
      "  lanewise train --data photos --optimizer sgd --momentum 0.9 --nesterov",
      "  lanewise train --data photos --metrics accuracy,auc --watch val_auc",
      "  lanewise train --data signs --resume signs.h5 --epochs 5",
      "  lanewise train --data photos --weights signs.h5 --new-head --freeze '*,!fc*'",
      "  lanewise train --config run.yaml --epochs 40"
    })
final class TrainCommand implements Callable<Integer> {
  private static final Recipe USUAL = Recipe.PLAIN.withSchedule(Schedule.cosine());

  private static final String COMMAND_NOTE = "command_line";

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Options from a YAML file, by their names without dashes, as in 'epochs: 20'; or from a"
              + " model, whose training is repeated. What stands on the command line wins.")
  private Path config;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description =
          "Options that go well together: strong, for training from scratch on few images. What is"
              + " given otherwise wins; --print-config shows them.")
  private String namedRecipe;

  @Option(
      names = "--print-config",
      description =
          "Print the whole configuration for --config, with what is usual written out, and train"
              + " nothing.")
  private boolean printConfig;

  @Mixin private ImageOptions images;

  @Mixin private LengthOptions length;

  @Mixin private OptimizerOptions optimizer;

  @Mixin private LossOption loss;

  @Mixin private MetricsOption metrics;

  @Mixin private RecipeOptions recipe;

  @Mixin private FineTuneOptions fineTune;

  @Option(
      names = "--init",
      paramLabel = "SPEC",
      description =
          "How every kernel starts: glorot_uniform, he_normal, he_normal_fan_out, random_uniform,"
              + " zeros or ones. With arguments:%n"
              + "glorot_uniform(seed=0), as TensorFlow 1 draws;%n"
              + "random_uniform(min=-0.05,max=0.05).%n"
              + "Default: as the network says.")
  private String init;

  @Mixin private ComputeOptions compute;

  @Mixin private WorkersOptions workers;

  @Mixin private SaveOptions saving;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description =
          "Go on with the training of a saved model. One that was stopped goes on as if it had not"
              + " been, over the same data, and saves and records as it did; with --epochs another"
              + " one begins with its optimiser's state and, unless --schedule says otherwise, at a"
              + " constant learning rate.")
  private Path resume;

  @Mixin private RecordOptions records;

  @Option(
      names = "--progress",
      negatable = true,
      description = "Show a progress bar, or none. Default: on a terminal.")
  private Boolean progress;

  @Override
  public Integer call() {
    checkSettings();
    if (printConfig) {
      spec.commandLine().getOut().print(configuration());
      spec.commandLine().getOut().flush();
      return 0;
    }
    if (!workers.saves()) {
      return trainNewOrOn();
    }
    saving.check(resume);
    records.check(saveFile());
    return saving.whileLocked(resume, this::trainNewOrOn);
  }

  private int trainNewOrOn() {
    return resume == null ? trainNew() : trainOn();
  }

  /** Finds what is wrong before any time is spent. */
  private void checkSettings() {
    length.check();
    compute.threads();
    workers.check();
    images.check();
    recipe.of(Recipe.PLAIN);
    loss.check();
    metrics.check();
    saving.checkSettings();
    if (resume == null) {
      optimizer.create();
      fineTune.check();
      OptionChecks.valid(spec, "--network", () -> Networks.factory(network()));
      initializer();
    } else {
      refuseWithResume("--network", images.network().network());
      refuseWithResume("--input", images.network().input());
      refuseWithResume("--init", init);
      optimizer.refuseWithResume(resume);
      loss.refuseWithResume(resume);
      metrics.refuseWithResume(resume);
      fineTune.refuseWithResume(resume);
    }
  }

  private void refuseWithResume(String option, Object value) {
    OptionChecks.notWithResume(spec, option, value != null, resume);
  }

  private String network() {
    return images.network().networkOr(fineTune.network());
  }

  private InputSize input() {
    return images.network().inputOr(fineTune.input());
  }

  private Path saveFile() {
    return saving.file(resume);
  }

  private KernelInitializer initializer() {
    return init == null
        ? null
        : OptionChecks.valid(spec, "--init", () -> KernelInitializers.parse(init));
  }

  /** Returns the configuration of this training. A resumed model's own settings are left to it. */
  private String configuration() {
    Map<String, Object> usual = new HashMap<>(saving.defaults(resume));
    usual.put(Main.CLASS_PATH, System.getenv(OwnClasses.VARIABLE));
    if (resume == null) {
      usual.putAll(images.defaults());
      usual.put("--network", network());
      usual.put("--input", input());
      usual.putAll(length.defaults(images.areEmbedded()));
      usual.putAll(optimizer.defaults());
      usual.putAll(recipe.defaults(USUAL));
      usual.put("--preprocessing", usualPreprocessing());
    }
    return Configuration.of(spec, usual);
  }

  /** Returns what holds where nothing is given; null where the weights' file decides. */
  private Preprocessing usualPreprocessing() {
    return fineTune.start() == null ? Networks.entry(network()).preprocessing() : null;
  }

  private int trainNew() {
    InputSize size = input();
    requireHeap(size);
    DatasetPair pair = images.open(ImageOptions.shape(network(), size), loading());
    TargetKind kind = pair.train().targetKind();
    Loss minimised = loss.loss(kind);
    Metric[] measured = metrics.metrics(kind);
    Measurement.requireTargets(minimised, List.of(measured), kind);
    ModelOptions options =
        ModelOptions.of(size.height(), size.width(), pair.train().classNames(), minimised.head())
            .withThreads(compute.threads())
            .withSeed(images.seed())
            .withInitializer(initializer())
            .withPreprocessing(fineTune.preprocessing(pair.train()));
    try (Model model = Model.build(network(), options)) {
      model.compile(optimizer.create(), minimised, measured);
      fineTune.apply(model);
      images.note(model, pair);
      model.notes().put(COMMAND_NOTE, Invocation.of(spec));
      model.notes().put(Configuration.NOTE, configuration());
      return train(
          model,
          pair,
          seeded(length.ofNew(images.areEmbedded(), workers.shared(recipe.of(USUAL)))));
    }
  }

  /** Refuses a size of which not even one image fits the heap, before all of them are read. */
  private void requireHeap(InputSize size) {
    ModelOptions least =
        ModelOptions.of(size.height(), size.width(), List.of("0", "1"))
            .withThreads(1)
            .withInitializer(KernelInitializers.zeros());
    try (Model model = Model.build(network(), least)) {
      TrainingMemory.of(model, optimizer.create(), Recipe.PLAIN, 1, 1, null)
          .requireHeap(size, 1, Machine.here());
    }
  }

  private int trainOn() {
    try (Model model = Model.load(resume, compute.threads())) {
      requireOptimizer(model);
      images.recall(model, resume);
      if (model.unfinished().isPresent() && !length.hasEpochs()) {
        refuseWhileUnfinished();
        DatasetPair pair = images.openAgain(model, loading());
        ImageOptions.changed(model, pair, resume)
            .ifPresent(said -> spec.commandLine().getErr().println("lanewise: " + said));
        return train(model, pair, null);
      }
      if (!length.hasEpochs()) {
        return tellDone(model);
      }
      optimizer.adjust(model.optimizer());
      model.notes().put(Configuration.NOTE, configuration());
      Recipe usual = model.recipe().withSchedule(Schedule.constant());
      FitOptions options =
          length.ofResumed(images.areEmbedded(), model, workers.shared(recipe.of(usual)));
      DatasetPair pair = images.openAgain(model, loading());
      ImageOptions.noteFingerprint(model, pair);
      return train(model, pair, seeded(options));
    }
  }

  private void requireOptimizer(Model model) {
    if (model.isCompiled()) {
      return;
    }
    throw new ModelException(
        model
            .awaited()
            .map(
                what ->
                    "the training in "
                        + resume
                        + " goes on only with "
                        + what
                        + ", and it is not there; losses and metrics are found in jars that"
                        + " --class-path or LANEWISE_CLASS_PATH names; the network can be used")
            .orElse(
                resume + " holds no optimiser, so its training cannot go on; it can be evaluated"));
  }

  /**
   * There is nothing left to do, which is no mistake where something else starts trainings anew.
   */
  private int tellDone(Model model) {
    String done = "the training in " + resume + " is done, with " + model.epochsDone() + " epochs";
    if (hasSettings()) {
      throw new ParameterException(
          spec.commandLine(), done + "; another one, with settings of its own, requires --epochs");
    }
    spec.commandLine().getOut().println("Done      " + done + "; --epochs N trains it further");
    return 0;
  }

  private boolean hasSettings() {
    return recipe.isGiven()
        || length.hasBatch()
        || images.givenSeed() != null
        || optimizer.isGiven();
  }

  /** A stopped training goes on as it was told; another one has to say how long it is. */
  private void refuseWhileUnfinished() {
    if (hasSettings()) {
      throw new ParameterException(
          spec.commandLine(),
          "the training in "
              + resume
              + " was stopped and goes on as it began; another one, with settings of its own,"
              + " requires --epochs");
    }
  }

  private LoadListener loading() {
    return showsProgress() ? DataSource.progress(spec.commandLine().getErr()) : LoadListener.NONE;
  }

  private boolean showsProgress() {
    return progress == null ? Terminal.isThere() : progress;
  }

  private int train(Model model, DatasetPair pair, FitOptions options) {
    recipe.check(model, pair.train());
    PrintWriter out = spec.commandLine().getOut();
    long seed = options == null ? model.seed() : options.seed().orElse(model.seed());
    Preflight preflight = Preflight.of(model, pair, options, workers.count());
    TrainSession session = session(model, out);
    String replacedHistory = workers.saves() ? record(session, model, pair, seed) : null;
    Banner banner = new Banner(out, Terminal.columns());
    banner.print(preflight, fineTune.start(), seed);
    if (workers.saves()) {
      ModelSaver best = saving.bestSaver(model, resume);
      session.checkpoint(saving, best);
      banner.saves(saveFile(), saving.replaced(resume), best, replacedHistory);
    }
    preflight.warnings(workers.saves() ? saveFile() : null).forEach(session::warn);
    try (WorkerGroup group = workers.join(out)) {
      model.setWorkers(group);
      return session.train(pair, options);
    }
  }

  private TrainSession session(Model model, PrintWriter out) {
    return new TrainSession(
        model,
        workers.saves() ? saving.saver(model, resume) : null,
        out,
        spec.commandLine().getErr(),
        showsProgress());
  }

  /** Has the training recorded; returns what became of the history that was there. */
  private String record(TrainSession session, Model model, DatasetPair pair, long seed) {
    String replaced = records.keepHistory(model, resume);
    records.listeners(model, pair, seed).forEach(session::listenUnfailing);
    return replaced;
  }

  private FitOptions seeded(FitOptions options) {
    Long seed = images.givenSeed();
    return seed == null ? options : options.withSeed(seed);
  }
}
