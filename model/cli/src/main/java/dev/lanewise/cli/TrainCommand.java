package dev.lanewise.cli;

import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.Networks;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.LoadListener;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.HistoryFile;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.Schedule;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.train.KernelInitializer;
import dev.lanewise.train.KernelInitializers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
      "  - a folder with the sub-folders train and test, each like that.",
      "Images of any size are resized to --input. Without --data the program draws a data set of"
          + " hands that hold up 0 to 5 fingers.",
      "",
      "Accuracy and loss of the test part are told after every epoch; it never changes the"
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
      "  lanewise train --data signs --resume signs.h5 --epochs 5",
      "  lanewise train --data photos --weights signs.h5 --new-head --freeze '*,!fc*'"
    })
final class TrainCommand implements Callable<Integer> {
  private static final String DATA_NOTE = "data";
  private static final String SPLIT_NOTE = "validation_split";
  private static final String SPLIT_SEED_NOTE = "split_seed";
  private static final String COMMAND_NOTE = "command_line";
  private static final String HISTORY_NOTE = "history";

  private static final long DEFAULT_SEED = 1;
  private static final double DEFAULT_SPLIT = 0.2;
  private static final String DEFAULT_NETWORK = "resnet50";
  private static final int DEFAULT_SIZE = 64;

  /** What the tutorials use. */
  private static final int DEFAULT_EPOCHS = 20;

  private static final int DEFAULT_BATCH = 32;

  /** On the embedded images: about two and a half minutes on two cores with AVX-512. */
  private static final int EMBEDDED_EPOCHS = 12;

  /** Many small steps: the moving statistics of batch norm need some 500 to leave their start. */
  private static final int EMBEDDED_BATCH = 16;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "Where the images are. Default: the embedded data set.")
  private Path data;

  @Option(
      names = "--validation-split",
      paramLabel = "SHARE",
      description =
          "Share of each class that is held out where the data have no test part; 0 for none."
              + " Default: "
              + DEFAULT_SPLIT
              + ".")
  private Double validationSplit;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      completionCandidates = NetworkNames.class,
      description =
          "The network: ${COMPLETION-CANDIDATES}. Default: that of --weights where the file says"
              + " it, else "
              + DEFAULT_NETWORK
              + ".")
  private String network;

  @Option(
      names = "--input",
      paramLabel = "HxW",
      converter = InputSize.Converter.class,
      description =
          "Height and width that images are resized to. Default: those of --weights where the file"
              + " says them, else "
              + DEFAULT_SIZE
              + "x"
              + DEFAULT_SIZE
              + ".")
  private InputSize input;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the images; with --resume, further ones. Default: "
              + DEFAULT_EPOCHS
              + ", and "
              + EMBEDDED_EPOCHS
              + " on the embedded data set.")
  private Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Images per step. Default: "
              + DEFAULT_BATCH
              + ", and "
              + EMBEDDED_BATCH
              + " on the embedded data set; with --resume, as before.")
  private Integer batch;

  @Mixin private OptimizerOptions optimizer;

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

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of first values, shuffling and --validation-split. Default: "
              + DEFAULT_SEED
              + "; with --resume, as before.")
  private Long seed;

  @Mixin private SaveOptions saving;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description =
          "Go on with the training of a saved model. One that was stopped goes on as if it had not"
              + " been, over the same data; with --epochs, or where it was done, another one begins"
              + " with its optimiser's state and, unless --schedule says otherwise, at a constant"
              + " learning rate.")
  private Path resume;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "Write loss and accuracy of the epochs as JSON, after each of them.")
  private Path history;

  @Mixin private RecordOptions records;

  @Option(
      names = "--progress",
      negatable = true,
      description = "Show a progress bar, or none. Default: on a terminal.")
  private Boolean progress;

  @Override
  public Integer call() {
    checkOptions();
    return saving.whileLocked(resume, () -> resume == null ? trainNew() : trainOn());
  }

  /** Finds what is wrong before any time is spent. */
  private void checkOptions() {
    OptionChecks.atLeast(spec, "--epochs", epochs, 1);
    OptionChecks.atLeast(spec, "--batch", batch, 1);
    OptionChecks.within(spec, "--validation-split", validationSplit, 0, 1);
    compute.threads();
    if (data == null && validationSplit != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--validation-split requires --data: the embedded data set has a test part of its own");
    }
    recipe.of(Recipe.PLAIN);
    if (resume == null) {
      optimizer.create();
      fineTune.check();
      Networks.factory(network());
      initializer();
    } else {
      refuseWithResume("--network", network);
      refuseWithResume("--input", input);
      refuseWithResume("--init", init);
      optimizer.refuseWithResume(resume);
      fineTune.refuseWithResume(resume);
    }
    saving.check(resume);
    if (history != null) {
      OptionChecks.writable(spec, "--history", history);
      OptionChecks.replacesHistory(spec, "--history", history);
      OptionChecks.differ(spec, "--save", saveFile(), "--history", history);
    }
    records.check();
    if (records.log() != null) {
      OptionChecks.differ(spec, "--save", saveFile(), "--log", records.log());
      if (history != null) {
        OptionChecks.differ(spec, "--history", history, "--log", records.log());
      }
    }
  }

  private void refuseWithResume(String option, Object value) {
    if (value != null) {
      throw new ParameterException(
          spec.commandLine(),
          option + " does not go with --resume: it is what " + resume + " says");
    }
  }

  private String network() {
    String known = Objects.requireNonNullElse(fineTune.network(), DEFAULT_NETWORK);
    return Objects.requireNonNullElse(network, known);
  }

  private Path saveFile() {
    return saving.file(resume);
  }

  private KernelInitializer initializer() {
    try {
      return init == null ? null : KernelInitializers.parse(init);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--init: " + e.getMessage(), e);
    }
  }

  private int trainNew() {
    long actualSeed = seed == null ? DEFAULT_SEED : seed;
    InputSize standard = new InputSize(DEFAULT_SIZE, DEFAULT_SIZE);
    InputSize known = Objects.requireNonNullElse(fineTune.input(), standard);
    InputSize size = Objects.requireNonNullElse(input, known);
    int channels = Networks.entry(network()).channels();
    requireHeap(size);
    DatasetPair pair = open(new ImageShape(size.height(), size.width(), channels), actualSeed);
    ModelOptions options =
        ModelOptions.of(size.height(), size.width(), pair.train().classNames())
            .withThreads(compute.threads())
            .withSeed(actualSeed)
            .withInitializer(initializer())
            .withPreprocessing(fineTune.preprocessing());
    try (Model model = Model.build(network(), options)) {
      model.compile(optimizer.create(), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
      fineTune.apply(model);
      note(model, actualSeed);
      return train(
          model,
          pair,
          options(
              data == null ? EMBEDDED_EPOCHS : DEFAULT_EPOCHS,
              data == null ? EMBEDDED_BATCH : DEFAULT_BATCH,
              Recipe.PLAIN.withSchedule(Schedule.cosine())));
    }
  }

  /** Refuses a size of which not even one image fits the heap, before all of them are read. */
  private void requireHeap(InputSize size) {
    ModelOptions least =
        ModelOptions.of(size.height(), size.width(), List.of("0", "1"))
            .withThreads(1)
            .withInitializer(KernelInitializers.zeros());
    try (Model model = Model.build(network(), least)) {
      TrainingMemory.of(model, optimizer.create(), Recipe.PLAIN, 1).requireHeap(size, 1);
    }
  }

  private int trainOn() {
    try (Model model = Model.load(resume, compute.threads())) {
      if (!model.isCompiled()) {
        throw new ModelException(
            model
                .awaitedOptimizer()
                .map(
                    name ->
                        "the training in "
                            + resume
                            + " goes on only in the program that has its optimiser '"
                            + name
                            + "'; it can be evaluated")
                .orElse(
                    resume
                        + " holds no optimiser, so its training cannot go on; it can be"
                        + " evaluated"));
      }
      if (data == null) {
        data = noted(model, DATA_NOTE).map(Path::of).orElse(null);
        requireThere(data);
      }
      if (validationSplit == null && data != null) {
        validationSplit = noted(model, SPLIT_NOTE).map(Double::valueOf).orElse(null);
      }
      if (model.unfinished().isPresent() && epochs == null) {
        refuseWhileUnfinished();
        history = history == null ? noted(model, HISTORY_NOTE).map(Path::of).orElse(null) : history;
        return train(model, open(model.imageShape(), splitSeed(model)), null);
      }
      optimizer.adjust(model.optimizer());
      Recipe usual = model.recipe().withSchedule(Schedule.constant());
      return train(
          model,
          open(model.imageShape(), splitSeed(model)),
          options(data == null ? EMBEDDED_EPOCHS : DEFAULT_EPOCHS, model.batchSize(), usual));
    }
  }

  /** Tells where the path of data comes from that are there no more. */
  private void requireThere(Path noted) {
    if (noted != null && !Files.exists(noted)) {
      throw new ModelException(
          resume
              + " was trained on "
              + noted
              + ", which is not there; --data says where it is now");
    }
  }

  /** What a model of the command line remembers of its data. */
  private static Optional<String> noted(Model model, String note) {
    return Optional.ofNullable(model.notes().get(note));
  }

  /** Returns the seed of the split, which stays that of the first training. */
  private static long splitSeed(Model model) {
    return noted(model, SPLIT_SEED_NOTE).map(Long::valueOf).orElse(model.seed());
  }

  private void note(Model model, long splitSeed) {
    if (data != null) {
      model.notes().put(DATA_NOTE, data.toAbsolutePath().normalize().toString());
      model.notes().put(SPLIT_SEED_NOTE, Long.toString(splitSeed));
    }
    if (validationSplit != null) {
      model.notes().put(SPLIT_NOTE, validationSplit.toString());
    }
    model
        .notes()
        .put(COMMAND_NOTE, String.join(" ", spec.commandLine().getParseResult().originalArgs()));
  }

  /** A stopped training goes on as it was told; another one has to say how long it is. */
  private void refuseWhileUnfinished() {
    if (recipe.isGiven() || batch != null || seed != null || optimizer.isGiven()) {
      throw new ParameterException(
          spec.commandLine(),
          "the training in "
              + resume
              + " was stopped and goes on as it began; another one, with settings of its own,"
              + " requires --epochs");
    }
  }

  private DatasetPair open(ImageShape shape, long splitSeed) {
    double split = validationSplit == null ? DEFAULT_SPLIT : validationSplit;
    LoadListener listener =
        showsProgress() ? DataSource.progress(spec.commandLine().getErr()) : LoadListener.NONE;
    return DataSource.forTraining(data, shape, split, splitSeed, listener);
  }

  private boolean showsProgress() {
    return progress == null ? Terminal.isThere() : progress;
  }

  private int train(Model model, DatasetPair pair, FitOptions options) {
    PrintWriter out = spec.commandLine().getOut();
    ModelSaver saver = saving.saver(model, resume);
    TrainSession session = new TrainSession(model, saver, out, spec.commandLine().getErr());
    long actualSeed = options == null ? model.seed() : options.seed().orElse(model.seed());
    String replacedHistory = null;
    if (history != null) {
      replacedHistory = keepHistory(model);
      model.notes().put(HISTORY_NOTE, history.toAbsolutePath().normalize().toString());
      session.listenUnfailing(new HistoryFile(history));
    }
    records.listeners(model, pair, actualSeed).forEach(session::listenUnfailing);
    session.checkpoint(saving.interval(), saving.best());
    if (showsProgress()) {
      session.listen(new ProgressBars(spec.commandLine().getErr(), Terminal::columns));
    }
    TrainingPlan plan =
        options == null ? model.unfinished().orElseThrow() : plan(model, pair, options);
    Recipe trained = options == null ? model.recipe() : options.recipe();
    int step = Math.min(plan.batchSize(), plan.images());
    TrainingMemory memory = TrainingMemory.of(model, model.optimizer(), trained, step);
    memory.requireHeap(new InputSize(model.height(), model.width()), step);
    new Banner(out)
        .print(
            model,
            fineTune.start(),
            pair,
            plan,
            trained,
            memory,
            actualSeed,
            saveFile(),
            saving.replaced(resume));
    if (replacedHistory != null) {
      out.println(
          "History   " + history + ", and keeps that of another training as " + replacedHistory);
    }
    SaveSpace.lack(model, saveFile())
        .ifPresent(lack -> session.warn(lack + "; the training begins all the same"));
    return session.train(pair, options);
  }

  /**
   * Keeps another training's history that is where this one's goes, as models are kept.
   *
   * @return the name that it has now; null where there is none
   */
  private String keepHistory(Model model) {
    Path place = history.toAbsolutePath().normalize();
    boolean own =
        resume != null
            && noted(model, HISTORY_NOTE).map(Path::of).filter(place::equals).isPresent();
    if (own || !OptionChecks.isFilled(history)) {
      return null;
    }
    Path kept = ModelSaver.keptAs(history);
    try {
      Files.copy(history, kept);
    } catch (IOException e) {
      throw new ModelException("cannot keep the history in " + history + " beside it: " + e, e);
    }
    return kept.getFileName().toString();
  }

  private static TrainingPlan plan(Model model, DatasetPair pair, FitOptions options) {
    int images = pair.train().size();
    return new TrainingPlan(
        model.epochsDone() + 1,
        model.epochsDone() + options.epochs(),
        0,
        Math.ceilDiv(images, options.batchSize()),
        images,
        options.batchSize(),
        options.seed().orElse(model.seed()));
  }

  private FitOptions options(int usualEpochs, int usualBatch, Recipe usual) {
    FitOptions options =
        FitOptions.epochs(Objects.requireNonNullElse(epochs, usualEpochs))
            .withBatchSize(Objects.requireNonNullElse(batch, usualBatch))
            .withRecipe(recipe.of(usual));
    return seed == null ? options : options.withSeed(seed);
  }
}
