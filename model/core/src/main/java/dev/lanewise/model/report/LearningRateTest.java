package dev.lanewise.model.report;

import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.Batches;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.text.Numbers;
import dev.lanewise.model.training.BatchLoss;
import dev.lanewise.model.training.Loss;
import dev.lanewise.network.Network;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Looks for a learning rate by training with one that rises exponentially, until the loss explodes
 * (Smith 2017, "Cyclical Learning Rates for Training Neural Networks"). The network is trained by
 * it, and of no use afterwards.
 *
 * @param from the first learning rate
 * @param to the last one
 * @param steps how many there are
 */
public record LearningRateTest(double from, double to, int steps) {
  /** What of the mean loss so far stays at each step. */
  private static final double SMOOTHING = 0.9;

  /** The loss has exploded when it is so many times the least one. */
  private static final double EXPLODED = 4;

  /** Before these steps a loss says little, since the mean is of few. */
  private static final int FIRST_STEPS = 5;

  /** Fewer steps tell nothing. */
  public static final int LEAST_STEPS = 2 * FIRST_STEPS;

  /** A slope is taken over so many steps to each side, a share of all. */
  private static final int SLOPE_SHARE = 20;

  /**
   * Checks the range.
   *
   * @throws ModelException where it does not rise, or has too few steps
   */
  public LearningRateTest {
    if (!(from > 0 && to > from && to < Double.POSITIVE_INFINITY)) {
      throw new ModelException(
          "a test of learning rates requires positive ones that rise, got "
              + Numbers.text(from)
              + " to "
              + Numbers.text(to));
    }
    if (steps < LEAST_STEPS) {
      throw new ModelException(
          "a test of learning rates requires at least " + LEAST_STEPS + " steps, got " + steps);
    }
  }

  /**
   * One step.
   *
   * @param rate its learning rate
   * @param loss mean loss of its batch
   * @param smoothed mean of the losses so far, the later ones weighing more
   */
  public record Point(double rate, double loss, double smoothed) {}

  /**
   * What came of it.
   *
   * @param points the steps that were done
   * @param exploded whether it ended since the loss exploded
   */
  public record Result(List<Point> points, boolean exploded) {
    /** Copies the list. */
    public Result {
      points = List.copyOf(points);
    }

    /**
     * {@return the rate at which the smoothed loss falls fastest, before its least value; empty
     * where it never falls}
     */
    public OptionalDouble suggestion() {
      int least = 0;
      for (int i = 0; i < points.size(); i++) {
        least = points.get(i).smoothed < points.get(least).smoothed ? i : least;
      }
      int reach = Math.max(1, points.size() / SLOPE_SHARE);
      double steepest = 0;
      OptionalDouble suggestion = OptionalDouble.empty();
      for (int i = FIRST_STEPS; i <= least; i++) {
        Point before = points.get(Math.max(0, i - reach));
        Point after = points.get(Math.min(least, i + reach));
        double slope = (after.smoothed - before.smoothed) / Math.log(after.rate / before.rate);
        if (slope < steepest) {
          steepest = slope;
          suggestion = OptionalDouble.of(points.get(i).rate);
        }
      }
      return suggestion;
    }

    /** {@return loss over learning rate as a file of SVG} */
    public String svg() {
      double[] rates = points.stream().mapToDouble(Point::rate).toArray();
      String title =
          suggestion().isEmpty()
              ? "Loss over learning rate"
              : String.format(
                  Locale.ROOT,
                  "Loss over learning rate: falls fastest at %s",
                  Numbers.text(suggestion().getAsDouble()));
      // What explodes would press all else flat.
      double first = points.get(0).smoothed;
      double[] losses =
          points.stream()
              .mapToDouble(point -> point.loss <= 2 * first ? point.loss : Double.NaN)
              .toArray();
      double[] smoothed =
          points.stream()
              .mapToDouble(point -> point.smoothed <= 2 * first ? point.smoothed : Double.NaN)
              .toArray();
      return new LineChart(
              title,
              "learning rate",
              rates,
              Scale.logarithmic(rates[0], rates[rates.length - 1]),
              List.of(
                  new LineChart.Curve("smoothed", smoothed), new LineChart.Curve("batch", losses)))
          .file();
    }
  }

  /**
   * Trains a network.
   *
   * @param network is changed
   * @param loss what it minimises
   * @param optimizer makes the steps, with its own state and the rates of this test
   * @param preprocessing what becomes of pixels
   * @param images of the network's size, over and over in the orders of the seed
   * @param batchSize images of a step; where there are fewer, all
   * @param seed of the orders
   * @param listener hears of each step
   * @return the steps that were done
   */
  public Result run(
      Network network,
      Loss loss,
      Optimizer optimizer,
      Preprocessing preprocessing,
      ImageDataset images,
      int batchSize,
      long seed,
      Consumer<Point> listener) {
    int size = Math.min(batchSize, images.size());
    TrainingPass pass = network.trainingPass(size);
    List<Point> points = new ArrayList<>();
    BatchLoss batchLoss = new BatchLoss(loss);
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    try (Batches batches = new Batches(images, preprocessing, size, true, seed)) {
      int epoch = -1;
      Batch batch = null;
      for (int step = 0; step < steps; step++) {
        // The last batch of an epoch may be smaller, and would need memory of its own.
        while (batch == null || batch.size() < size) {
          if (batch == null) {
            epoch++;
            batches.startEpoch(epoch);
          }
          batch = batches.next();
        }
        double rate = from * Math.pow(to / from, step / (steps - 1.0));
        Tensor input = pass.input();
        System.arraycopy(batch.images(), 0, input.data(), input.offset(), input.shape().size());
        double ofBatch = pass.forwardBackward(batchLoss.with(batch.targets(), 0, size));
        if (!Double.isFinite(ofBatch)) {
          return new Result(points, true);
        }
        sum = SMOOTHING * sum + (1 - SMOOTHING) * ofBatch;
        double smoothed = sum / (1 - Math.pow(SMOOTHING, step + 1.0));
        Point point = new Point(rate, ofBatch, smoothed);
        points.add(point);
        listener.accept(point);
        least = step < FIRST_STEPS ? least : Math.min(least, smoothed);
        if (smoothed > EXPLODED * least) {
          return new Result(points, true);
        }
        optimizer.setLearningRate(rate);
        pass.update(optimizer);
        batch = batches.next();
      }
    }
    return new Result(points, false);
  }
}
