package dev.lanewise.cli;

import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.model.training.TrainingRun;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells once, when some steps have shown it, how long an epoch takes and how long all do. */
final class Pace implements TrainingListener {
  /** The first steps are slow: their code is still being compiled. */
  private static final int SKIPPED_STEPS = 5;

  private static final double NANOS_PER_SECOND = 1e9;

  /** Seconds of steps that an estimate takes. */
  private static final double MEASURED = 5;

  /** Seconds for which nobody wants to know. */
  private static final double SHORT = 20;

  /** What inference takes of an image beside a training step, which also goes back. */
  private static final double INFERENCE_SHARE = 0.3;

  private static final double MINUTE = 60;
  private static final double HOUR = 3600;

  /** How many of a smaller unit are told before the larger one is. */
  private static final double MOST = 1.5;

  private final int testImages;
  private final Consumer<String> out;
  private final LongSupplier nanos;
  private TrainingPlan plan;
  private boolean told;
  private int steps;
  private int batch;
  private long last;
  private double seconds;
  private long batches;

  /**
   * Prepares to tell.
   *
   * @param testImages images that are evaluated after each epoch
   * @param out takes the line
   * @param nanos tells the time: {@code System::nanoTime}
   */
  Pace(int testImages, Consumer<String> out, LongSupplier nanos) {
    this.testImages = testImages;
    this.out = out;
    this.nanos = nanos;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    plan = run.plan();
    told = false;
    steps = 0;
    seconds = 0;
    batches = 0;
  }

  @Override
  public void onEpochBegin(int epoch) {
    batch = epoch == plan.firstEpoch() ? plan.batchesDone() : 0;
    last = nanos.getAsLong();
  }

  @Override
  public void onStepEnd(StepResult step) {
    if (told) {
      return;
    }
    long now = nanos.getAsLong();
    if (steps++ >= SKIPPED_STEPS) {
      seconds += (now - last) / NANOS_PER_SECOND;
      batches += step.batch() - batch;
    }
    batch = step.batch();
    last = now;
    if (seconds >= MEASURED) {
      told = true;
      tell(seconds / batches);
    }
  }

  private void tell(double perBatch) {
    double perImage = perBatch / Math.min(plan.batchSize(), plan.images());
    double epoch = perImage * (plan.images() + INFERENCE_SHARE * testImages);
    double epochs =
        plan.lastEpoch()
            - plan.firstEpoch()
            + 1
            - (double) plan.batchesDone() / plan.batchesPerEpoch();
    double all = epochs * epoch;
    if (all >= SHORT) {
      out.accept("Time      about " + text(epoch) + " per epoch, " + text(all) + " in all");
    }
  }

  private static String text(double seconds) {
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (seconds < MOST * MINUTE) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    return seconds < MOST * HOUR
        ? String.format(Locale.ROOT, "%.0f min", seconds / MINUTE)
        : String.format(Locale.ROOT, "%.1f h", seconds / HOUR);
  }
}
