package dev.lanewise.model;

import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingRun;
import java.nio.file.Path;
import java.time.Duration;
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
  private final Duration interval;
  private final long steps;
  private final Consumer<String> warnings;
  private Supplier<Path> saveBest;
  private TrainingRun run;
  private long next;
  private long done;

  /**
   * Prepares to save.
   *
   * @param save saves the model as it is and returns where: {@code () -> {model.save(file); return
   *     file;}}
   * @param interval time between two saves; zero for none by time
   * @param steps steps between two saves; 0 for none by steps
   * @param warnings takes one line for each save that fails
   */
  public Checkpoints(
      Supplier<Path> save, Duration interval, long steps, Consumer<String> warnings) {
    this.save = save;
    this.interval = interval;
    this.steps = steps;
    this.warnings = warnings;
  }

  /**
   * Also saves the model after each epoch that is better than all before, by the figure that the
   * recipe watches.
   *
   * @param best saves it and returns where
   * @return this
   */
  public Checkpoints withBest(Supplier<Path> best) {
    saveBest = best;
    return this;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    this.run = run;
    next = System.nanoTime() + interval.toNanos();
    done = 0;
  }

  @Override
  public void onStepEnd(StepResult step) {
    done++;
    saveIfDue(steps > 0 && done % steps == 0);
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    if (saveBest != null && isBest(epoch)) {
      save(saveBest);
    }
    saveIfDue(false);
  }

  private boolean isBest(EpochResult epoch) {
    var watch = run.recipe().watch().in(epoch);
    return run.history().epochs().stream()
        .filter(other -> other.epoch() < epoch.epoch())
        .allMatch(other -> watch.isBetter(watch.of(epoch), watch.of(other), 0));
  }

  private void saveIfDue(boolean byStep) {
    boolean byTime = !interval.isZero() && System.nanoTime() - next >= 0;
    if (byStep || byTime) {
      boolean saved = save(save);
      Duration wait = saved || interval.compareTo(RETRY) < 0 ? interval : RETRY;
      next = System.nanoTime() + wait.toNanos();
    }
  }

  private boolean save(Supplier<Path> way) {
    try {
      run.saved(way.get());
      return true;
    } catch (ModelFileException | ModelException e) {
      warnings.accept(e.getMessage() + "; the training goes on, and it will be tried again");
      return false;
    }
  }
}
