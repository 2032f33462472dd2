package dev.lanewise.model;

import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingRun;
import dev.lanewise.model.training.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Saves a model while it trains, so that a training that is stopped, by whatever, goes on from
 * there. A save that fails does not end the training: it is told of, and tried again.
 */
public final class Checkpoints implements TrainingListener {
  /** Time to the next try after one that failed, where the interval is not shorter. */
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final Supplier<Path> save;
  private final Duration time;
  private final long steps;
  private final long epochs;
  private final Consumer<String> warnings;
  private Supplier<Path> saveBest;

  /** By what the best is found; null for what the recipe watches. */
  private Watch bestBy;

  private KeptCheckpoints kept;
  private TrainingRun run;
  private long next;
  private long stepsDone;
  private long epochsDone;

  private Checkpoints(
      Duration time, long steps, long epochs, Supplier<Path> save, Consumer<String> warnings) {
    this.time = time;
    this.steps = steps;
    this.epochs = epochs;
    this.save = save;
    this.warnings = warnings;
  }

  /**
   * {@return what saves a model after each step for which it is time}
   *
   * @param time between two saves; positive
   * @param save saves the model as it is and returns where: {@code () -> {model.save(file); return
   *     file;}}
   * @param warnings takes one line for each save that fails
   */
  public static Checkpoints every(Duration time, Supplier<Path> save, Consumer<String> warnings) {
    return new Checkpoints(time, 0, 0, save, warnings);
  }

  /**
   * {@return what saves a model every so many steps}
   *
   * @param steps between two saves; positive
   * @param save as of {@link #every}
   * @param warnings as of {@link #every}
   */
  public static Checkpoints everySteps(long steps, Supplier<Path> save, Consumer<String> warnings) {
    return new Checkpoints(Duration.ZERO, steps, 0, save, warnings);
  }

  /**
   * {@return what saves a model every so many epochs}
   *
   * @param epochs between two saves; positive
   * @param save as of {@link #every}
   * @param warnings as of {@link #every}
   */
  public static Checkpoints everyEpochs(
      long epochs, Supplier<Path> save, Consumer<String> warnings) {
    return new Checkpoints(Duration.ZERO, 0, epochs, save, warnings);
  }

  /**
   * Also saves the model after each epoch that is better than all before, by the figure that the
   * recipe watches.
   *
   * @param best saves it and returns where
   * @return this
   */
  public Checkpoints withBest(Supplier<Path> best) {
    return withBest(null, best);
  }

  /**
   * Also saves the model after each epoch that is better than all before.
   *
   * @param by what is compared, which says whether more or less of it is better; null for what the
   *     recipe watches
   * @param best saves it and returns where
   * @return this
   */
  public Checkpoints withBest(Watch by, Supplier<Path> best) {
    bestBy = by;
    saveBest = best;
    return this;
  }

  /**
   * Also keeps the last of the files that are saved, each under a name of its own: of {@code
   * model.h5} beside it as {@code model-epoch003-step000120.h5}, or {@code model-epoch003.h5} after
   * an epoch. An older one is removed once the newer one is complete. A file that is there already
   * is left as it is, and so is one that was changed by others.
   *
   * @param most how many are kept; at least 1
   * @param notes {@link Model#notes} of the model, by which a resumed training goes on with them
   * @return this
   * @throws ModelException where {@code most} is not positive
   */
  public Checkpoints withKept(int most, Map<String, String> notes) {
    kept = new KeptCheckpoints(most, notes, warnings);
    return this;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    this.run = run;
    next = System.nanoTime() + time.toNanos();
    stepsDone = 0;
    epochsDone = 0;
  }

  @Override
  public void onStepEnd(StepResult step) {
    stepsDone++;
    if (isDue(stepsDone, steps)) {
      saveNow(String.format(Locale.ROOT, "epoch%03d-step%06d", step.epoch(), step.iteration()));
    }
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    if (saveBest != null && isBest(epoch)) {
      attempt(() -> run.saved(saveBest.get()));
    }
    epochsDone++;
    if (isDue(epochsDone, epochs)) {
      saveNow(String.format(Locale.ROOT, "epoch%03d", epoch.epoch()));
    }
  }

  private boolean isBest(EpochResult epoch) {
    Watch watch = (bestBy == null ? run.recipe().watch() : bestBy).in(epoch);
    return run.history().epochs().stream()
        .filter(other -> other.epoch() < epoch.epoch())
        .allMatch(other -> watch.isBetter(watch.of(epoch), watch.of(other), 0));
  }

  private boolean isDue(long done, long interval) {
    boolean byTime = !time.isZero() && System.nanoTime() - next >= 0;
    return byTime || interval > 0 && done % interval == 0;
  }

  private void saveNow(String mark) {
    boolean saved =
        attempt(
            () -> {
              Path file = save.get();
              run.saved(file);
              if (kept != null) {
                run.saved(kept.keep(file, mark));
              }
            });
    Duration wait = saved || time.compareTo(RETRY) < 0 ? time : RETRY;
    next = System.nanoTime() + wait.toNanos();
  }

  private boolean attempt(Runnable saving) {
    try {
      saving.run();
      return true;
    } catch (ModelFileException | ModelException e) {
      warnings.accept(e.getMessage() + "; the training goes on, and it will be tried again");
      return false;
    }
  }
}
