package dev.lanewise.cli;

import dev.lanewise.formats.io.SaveLock;
import dev.lanewise.model.CheckpointInterval;
import dev.lanewise.model.Checkpoints;
import dev.lanewise.model.Model;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.Measurement;
import dev.lanewise.model.training.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where a trained model goes, and what becomes of another one that is there. */
final class SaveOptions {
  private static final String DEFAULT_FILE = "lanewise-model.h5";

  /** Where a model remembers that its best goes. */
  private static final String BEST_NOTE = "best";

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "Where the model goes, during training and when it is done: HDF5 for Keras; where the name"
              + " ends in .safetensors weights for PyTorch, in .weights.h5 weights for Keras 3, with"
              + " the state of the training in a file beside them. Default: "
              + DEFAULT_FILE
              + " in this"
              + " folder; with --resume, the file that is resumed.")
  private Path save;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "INTERVAL",
      converter = IntervalConverter.class,
      description =
          "How often the model is saved during training: 30s, 10m, 2h, 500steps or 1epochs."
              + " Default: 1m.")
  private CheckpointInterval interval = new CheckpointInterval(1, CheckpointInterval.Unit.MINUTES);

  @Option(
      names = "--keep-checkpoints",
      paramLabel = "K",
      description =
          "Also keep the last K of these, beside FILE with epoch and step in their names. Default:"
              + " only FILE itself.")
  private Integer kept;

  @Option(
      names = "--save-best",
      paramLabel = "FILE",
      description =
          "Also save the model here after each epoch that is better than all before; for"
              + " predicting, without what training would go on with.")
  private Path best;

  @Option(
      names = "--best-by",
      paramLabel = "FIGURE",
      converter = RecipeOptions.WatchConverter.class,
      description =
          "With --save-best: the figure by which it is better, loss or one of --metrics, behind"
              + " val_ of the test images. Default: as --watch says.")
  private Watch bestBy;

  @Option(
      names = "--overwrite",
      negatable = true,
      description =
          "Replace a model that is there. Else it is kept beside the new one: that in model.h5 as"
              + " model.1.h5, or with the next number that is free.")
  private boolean overwrite;

  /**
   * Returns where the model goes.
   *
   * @param resume the file that is resumed; null for a new training
   */
  Path file(Path resume) {
    if (save != null) {
      return save;
    }
    return resume == null ? Path.of(DEFAULT_FILE) : resume;
  }

  /**
   * Returns what saves a model while it trains.
   *
   * @param saver saves it where it goes
   * @param bestSaver saves the best where that goes; null for nowhere
   * @param warnings takes one line for each save that fails
   * @throws ModelException where the best is found by what is not measured
   */
  Checkpoints checkpoints(
      Model model, ModelSaver saver, ModelSaver bestSaver, Consumer<String> warnings) {
    Checkpoints checkpoints = interval.checkpoints(saver::save, warnings);
    if (kept != null) {
      checkpoints.withKept(kept, model.notes());
    }
    if (bestSaver != null) {
      if (bestBy != null) {
        Measurement.requireMeasured("--best-by", bestBy, model.metrics());
      }
      checkpoints.withBest(bestBy, bestSaver::save);
    }
    return checkpoints;
  }

  /** Returns what holds where nothing else is asked for, by the options' names. */
  Map<String, Object> defaults(Path resume) {
    return Map.of("--save", file(resume), "--checkpoint-every", interval);
  }

  /** Finds what is wrong with the options by themselves. */
  void checkSettings() {
    OptionChecks.atLeast(spec, "--keep-checkpoints", kept, 1);
    if (bestBy != null && best == null) {
      throw new ParameterException(spec.commandLine(), "--best-by requires --save-best");
    }
  }

  /** Finds out whether files can go where they are to go, before any time is spent. */
  void check(Path resume) {
    if (best != null) {
      OptionChecks.writable(spec, "--save-best", best);
      OptionChecks.replacesModel(spec, "--save-best", best);
      OptionChecks.differ(spec, "--save", file(resume), "--save-best", best);
    }
    OptionChecks.writable(spec, "--save", file(resume));
    OptionChecks.replacesModel(spec, "--save", file(resume));
  }

  /**
   * Trains while no other training saves to the files of this one.
   *
   * @return what the training returned
   * @throws dev.lanewise.formats.saved.ModelFileException where another one does, saying which
   */
  int whileLocked(Path resume, IntSupplier training) {
    return locked(file(resume), best == null ? training : () -> locked(best, training));
  }

  private static int locked(Path file, IntSupplier training) {
    SaveLock lock = SaveLock.take(file);
    try {
      return training.getAsInt();
    } finally {
      lock.close();
    }
  }

  /** Says what becomes of a model that is where this one goes; null where there is none. */
  String replaced(Path resume) {
    if (!replacesOther(resume)) {
      return null;
    }
    return overwrite
        ? "and replaces the model that is there (--overwrite)"
        : "and keeps the model that is there as " + ModelSaver.keptAs(file(resume)).getFileName();
  }

  /** Returns what saves a model. */
  ModelSaver saver(Model model, Path resume) {
    return new ModelSaver(model::save, file(resume), !overwrite && replacesOther(resume));
  }

  /**
   * Returns what saves the best of a training; null where it is not asked for. The model notes
   * where that is, so that the training that is resumed knows its own.
   */
  ModelSaver bestSaver(Model model, Path resume) {
    if (best == null) {
      return null;
    }
    String place = best.toAbsolutePath().normalize().toString();
    boolean own = resume != null && place.equals(model.notes().get(BEST_NOTE));
    model.notes().put(BEST_NOTE, place);
    return new ModelSaver(
        model::saveEvaluated, best, !overwrite && !own && OptionChecks.isFilled(best));
  }

  /** Returns whether saving replaces another model than the one that is resumed. */
  private boolean replacesOther(Path resume) {
    Path file = file(resume);
    try {
      return OptionChecks.isFilled(file) && (resume == null || !Files.isSameFile(resume, file));
    } catch (IOException e) {
      throw new ModelException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
