package dev.lanewise.benchmarks.scaling;

import dev.lanewise.exchange.ExchangeOptions;
import dev.lanewise.exchange.Hello;
import dev.lanewise.exchange.Precision;
import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.exchange.WorkerListener;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.data.Datasets;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.train.Adam;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Tells what a training step of ResNet50 takes on several workers: with the exchange of gradients
 * beside the backward pass, after it, and without any. Started once for each worker, as in
 *
 * <pre>{@code ExchangeReport 0 10.9.0.1:7070,10.9.0.2:7070 64 16 1 FLOAT32}</pre>
 *
 * with rank, addresses, size of the images, images of a worker, threads, and how gradients travel.
 */
public final class ExchangeReport {
  private static final int ROUNDS = 5;

  /** The first of them is not counted. */
  private static final int STEPS = 7;

  private static final double MILLIS = 1e-6;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final int rank;
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final int size;
  private final int images;
  private final int threads;
  private final Precision precision;

  private ExchangeReport(String... arguments) {
    rank = Integer.parseInt(arguments[0]);
    for (String address : arguments[1].split(",")) {
      String[] parts = address.split(":");
      addresses.add(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])));
    }
    size = Integer.parseInt(arguments[2]);
    images = Integer.parseInt(arguments[3]);
    threads = Integer.parseInt(arguments[4]);
    precision = Precision.valueOf(arguments[5]);
  }

  /**
   * Measures.
   *
   * @param arguments as above
   */
  public static void main(String[] arguments) {
    new ExchangeReport(arguments).run();
  }

  private void run() {
    int workers = addresses.size();
    ExchangeOptions options = ExchangeOptions.defaults().withPrecision(precision);
    Hello hello = new Hello("a measurement", rank, workers, Map.of());
    List<Double> beside = new ArrayList<>();
    List<Double> after = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    try (WorkerGroup group =
            WorkerListener.bind(addresses.get(rank)).connect(hello, addresses, options);
        Model together = model();
        Model alone = model()) {
      DeferringGroup deferring = new DeferringGroup(group);
      together.setWorkers(deferring);
      for (int round = 0; round <= ROUNDS; round++) {
        // The first round compiles.
        boolean counts = round > 0;
        deferring.defer(false);
        steps(together, workers, counts ? beside : new ArrayList<>());
        deferring.defer(true);
        steps(together, workers, counts ? after : new ArrayList<>());
        steps(alone, 1, counts ? without : new ArrayList<>());
        // What takes longer on one worker must not run beside what the others measure.
        group.allGather(new byte[0]);
      }
    }
    if (rank == 0) {
      out.printf(
          "%d workers, %d images of %dx%d each, %s: ms of a step, median (least to most)%n",
          workers, images, size, size, precision);
      print("exchange beside the backward pass", beside);
      print("exchange after it", after);
      print("no exchange", without);
    }
  }

  private Model model() {
    List<String> classes = images(1).classNames();
    Model model =
        Model.build("resnet50", ModelOptions.of(size, size, classes).withThreads(threads));
    model.compile(new Adam(1e-3), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    return model;
  }

  private ImageDataset images(int count) {
    return Datasets.hands(ImageShape.rgb(size, size), 1, count).train();
  }

  /** Trains an epoch of a few steps. */
  private void steps(Model model, int shards, List<Double> millis) {
    model.fit(
        images(STEPS * images * shards),
        FitOptions.epochs(1)
            .withBatchSize(images * shards)
            .withRecipe(Recipe.PLAIN.withShards(shards))
            .withListener(
                new TrainingListener() {
                  private long before;

                  @Override
                  public void onStepEnd(StepResult step) {
                    long now = System.nanoTime();
                    if (step.batch() > 1) {
                      millis.add((now - before) * MILLIS);
                    }
                    before = now;
                  }
                }));
  }

  private void print(String what, List<Double> millis) {
    Collections.sort(millis);
    out.printf(
        "%-34s %6.0f (%.0f to %.0f)%n",
        what, millis.get(millis.size() / 2), millis.getFirst(), millis.getLast());
  }
}
