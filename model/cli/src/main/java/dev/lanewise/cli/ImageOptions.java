package dev.lanewise.cli;

import dev.lanewise.model.Model;
import dev.lanewise.model.Networks;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.Fingerprint;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.LoadListener;
import dev.lanewise.model.error.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which images a network trains on, and which network: what all commands share that open both. */
final class ImageOptions {
  private static final long DEFAULT_SEED = 1;
  private static final double DEFAULT_SPLIT = 0.2;

  /** What a model remembers of its images. */
  private static final String DATA_NOTE = "data";

  private static final String SPLIT_NOTE = "validation_split";
  private static final String SPLIT_SEED_NOTE = "split_seed";
  private static final String FINGERPRINT_NOTE = "data_fingerprint";

  @Spec(Target.MIXEE)
  private CommandSpec spec;

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

  @Mixin private NetworkOptions network;

  @Mixin private PixelOption pixels;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of first values, shuffling, augmentation and --validation-split. Default: "
              + DEFAULT_SEED
              + ", or that of the training that is resumed.")
  private Long seed;

  /** Finds what is wrong before any time is spent, and sets how large images may be. */
  void check() {
    pixels.apply();
    OptionChecks.within(spec, "--validation-split", validationSplit, 0, 1);
    if (data == null && validationSplit != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--validation-split requires --data: the embedded data set has a test part of its own");
    }
  }

  /** Returns whether the images are the embedded ones. */
  boolean areEmbedded() {
    return data == null;
  }

  /** Returns the network and the size that were asked for. */
  NetworkOptions network() {
    return network;
  }

  /** Returns the seed that was asked for; null for none. */
  Long givenSeed() {
    return seed;
  }

  /** Returns the seed of a new training. */
  long seed() {
    return Objects.requireNonNullElse(seed, DEFAULT_SEED);
  }

  /** Returns what holds where nothing else is asked for, by the options' names. */
  Map<String, Object> defaults() {
    return data == null
        ? Map.of("--seed", DEFAULT_SEED)
        : Map.of("--seed", DEFAULT_SEED, "--validation-split", DEFAULT_SPLIT);
  }

  /** Returns the shape of a network's images. */
  static ImageShape shape(String network, InputSize size) {
    return new ImageShape(size.height(), size.width(), Networks.entry(network).channels());
  }

  /**
   * Opens the images for a new training.
   *
   * @throws dev.lanewise.model.data.DataException where there is no usable data set
   */
  DatasetPair open(ImageShape shape, LoadListener listener) {
    return open(shape, seed(), listener);
  }

  private DatasetPair open(ImageShape shape, long splitSeed, LoadListener listener) {
    double split = Objects.requireNonNullElse(validationSplit, DEFAULT_SPLIT);
    return DataSource.forTraining(data, shape, split, splitSeed, listener);
  }

  /** Notes in a new model what its images are. */
  void note(Model model, DatasetPair pair) {
    noteFingerprint(model, pair);
    if (data != null) {
      model.notes().put(DATA_NOTE, data.toAbsolutePath().normalize().toString());
      model.notes().put(SPLIT_SEED_NOTE, Long.toString(seed()));
    }
    if (validationSplit != null) {
      model.notes().put(SPLIT_NOTE, validationSplit.toString());
    }
  }

  /** Notes in a model what it trains on. */
  static void noteFingerprint(Model model, DatasetPair pair) {
    model.notes().put(FINGERPRINT_NOTE, Fingerprint.of(pair.train()));
  }

  /**
   * Says that images are not those of the training that is resumed; empty where they seem to be.
   */
  static Optional<String> changed(Model model, DatasetPair pair, Path resume) {
    String found = Fingerprint.of(pair.train());
    return noted(model, FINGERPRINT_NOTE)
        .filter(before -> !before.equals(found))
        .map(
            before ->
                "the images are not those that the training in "
                    + resume
                    + " began with: labels and a sample have the checksum "
                    + found
                    + ", and had "
                    + before
                    + "; it goes on with these");
  }

  /**
   * Takes over what a resumed model says of its images, where nothing else is asked for.
   *
   * @param resume the model's file, for messages
   * @throws ModelException where the images are not there any more
   */
  void recall(Model model, Path resume) {
    if (data == null) {
      data = noted(model, DATA_NOTE).map(Path::of).orElse(null);
      requireThere(resume);
    }
    if (validationSplit == null && data != null) {
      validationSplit = noted(model, SPLIT_NOTE).map(Double::valueOf).orElse(null);
    }
  }

  /** Opens the images of a resumed model: the split stays that of the first training. */
  DatasetPair openAgain(Model model, LoadListener listener) {
    return open(model.imageShape(), splitSeed(model), listener);
  }

  private static long splitSeed(Model model) {
    return noted(model, SPLIT_SEED_NOTE).map(Long::valueOf).orElse(model.seed());
  }

  /**
   * Opens the images that a model was trained on, parted as they were then.
   *
   * @param path where images are
   * @param told is told where they have changed since
   * @return both parts; empty where the model was trained on others, or does not say it, or where
   *     they have changed since, so that others would be held out
   */
  static Optional<DatasetPair> ofTraining(Model model, Path path, Consumer<String> told) {
    Optional<Path> trained = noted(model, DATA_NOTE).map(Path::of);
    if (trained.filter(data -> isSame(data, path)).isEmpty()) {
      return Optional.empty();
    }
    double split = noted(model, SPLIT_NOTE).map(Double::valueOf).orElse(DEFAULT_SPLIT);
    DatasetPair pair =
        DataSource.forTraining(
            path, model.imageShape(), split, splitSeed(model), LoadListener.NONE);
    String found = Fingerprint.of(pair.train());
    if (noted(model, FINGERPRINT_NOTE).orElse(found).equals(found)) {
      return Optional.of(pair);
    }
    if (pair.heldOut()) {
      told.accept(
          "The images in "
              + path
              + " have changed since the model was trained on them: measures all of them, also those"
              + " that it has seen.");
    }
    return Optional.empty();
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      // One is not there: what is wrong with the other is told when it is opened.
      return false;
    }
  }

  /** Tells where the path of data comes from that are there no more. */
  private void requireThere(Path resume) {
    if (data != null && !Files.exists(data)) {
      throw new ModelException(
          resume + " was trained on " + data + ", which is not there; --data says where it is now");
    }
  }

  private static Optional<String> noted(Model model, String note) {
    return Optional.ofNullable(model.notes().get(note));
  }
}
