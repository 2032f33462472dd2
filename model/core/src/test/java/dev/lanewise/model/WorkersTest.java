package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.exchange.ExchangeException;
import dev.lanewise.exchange.ExchangeOptions;
import dev.lanewise.exchange.Hello;
import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.exchange.WorkerListener;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.data.DataException;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.NonFiniteLossException;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingRun;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.Sgd;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers, here in one process, against one that works on all shards by itself. */
@Timeout(120)
class WorkersTest {
  private static final int BATCH = 14;

  /** In batches of 14 the last has 3: some workers have no image of it. */
  private static final ImageDataset TRAIN = new Stripes(45, 1);

  /** In batches of 14 one is not full, and of 4 workers one has none. */
  private static final ImageDataset TEST = new Stripes(37, 2);

  @TempDir private Path folder;

  private static Model model(NetworkFactory network, Optimizer optimizer) {
    Model model =
        Model.build(
            network,
            ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES)
                .withSeed(7)
                .withThreads(1));
    model.compile(optimizer, Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY, Metric.AUC);
    return model;
  }

  private static FitOptions options(Recipe recipe) {
    return FitOptions.epochs(2).withBatchSize(BATCH).withRecipe(recipe).withValidation(TEST);
  }

  /** Runs a worker on each of several threads; returns what each returned, or threw. */
  private static <T> List<Future<T>> together(int workers, Function<WorkerGroup, T> work)
      throws Exception {
    List<WorkerListener> listeners = new ArrayList<>();
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int rank = 0; rank < workers; rank++) {
      WorkerListener listener =
          WorkerListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      listeners.add(listener);
      addresses.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()));
    }
    List<Callable<T>> calls = new ArrayList<>();
    for (int rank = 0; rank < workers; rank++) {
      WorkerListener listener = listeners.get(rank);
      Hello hello = new Hello("a test", rank, workers, Map.of());
      calls.add(
          () -> {
            try (WorkerGroup group =
                listener.connect(hello, addresses, ExchangeOptions.defaults())) {
              return work.apply(group);
            }
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(workers)) {
      return threads.invokeAll(calls);
    }
  }

  /** All that a training comes to. */
  private record Bits(List<Object> figures, Map<String, float[]> values) {
    static Bits of(Model model) {
      List<Object> figures = new ArrayList<>();
      for (EpochResult epoch : model.history().epochs()) {
        figures.add(epoch.figures());
        figures.add(epoch.learningRate());
      }
      Map<String, float[]> values = new LinkedHashMap<>();
      for (Parameter parameter : model.network().parameters()) {
        values.put(parameter.layer() + "/" + parameter.name(), parameter.values());
      }
      for (Optimizer.Slot slot : model.optimizer().slots()) {
        values.put(slot.name(), slot.values());
      }
      return new Bits(figures, values);
    }

    void assertSame(Bits wanted) {
      assertThat(figures).isEqualTo(wanted.figures);
      values.forEach((name, got) -> assertThat(got).as(name).isEqualTo(wanted.values.get(name)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2; shards=2 schedule=cosine",
        "2; shards=4 clip_norm=0.5 label_smoothing=0.1 augment=flip,mixup",
        "4; shards=4 accumulate=2 average_weights=0.9 precise_batch_norm=20",
        "3; shards=6 early_stopping=stop(patience=1) stochastic_depth=0.5",
        "5; shards=10 class_weights=balanced",
        "2; shards=4 sync_batch_norm=true precise_batch_norm=20",
        "4; shards=4 sync_batch_norm=true augment=flip stochastic_depth=0.5",
        "5; shards=10 sync_batch_norm=true"
      })
  void workersMakeTheBitsOfOne(int workers, String settings) throws Exception {
    Recipe recipe = ResumeTest.recipe(settings);
    Bits wanted;
    try (Model alone = model(TinyNetwork::new, new Adam(1e-2))) {
      alone.fit(TRAIN, options(recipe));
      wanted = Bits.of(alone);
    }
    for (Future<Bits> bits : together(workers, group -> trained(group, options(recipe)))) {
      bits.get().assertSame(wanted);
    }
  }

  private static Bits trained(WorkerGroup group, FitOptions options) {
    try (Model model = model(TinyNetwork::new, new Adam(1e-2))) {
      model.setWorkers(group);
      model.fit(TRAIN, options);
      return Bits.of(model);
    }
  }

  /** Each shard leaves out values of its own, whoever has it; some layers are frozen. */
  @Test
  void dropoutsAndFrozenLayersAreTheSame() throws Exception {
    Recipe recipe = ResumeTest.recipe("shards=4");
    Function<WorkerGroup, Bits> work =
        group -> {
          try (Model model = model(TinyDenseNetwork::new, new Sgd(0.05).withNesterov(0.9))) {
            model.freeze("conv1", "bn_conv1", "res2a*");
            model.setWorkers(group);
            model.fit(TRAIN, options(recipe));
            return Bits.of(model);
          }
        };
    Bits wanted = work.apply(WorkerGroup.alone());
    for (Future<Bits> bits : together(2, work)) {
      bits.get().assertSame(wanted);
    }
  }

  /** Stops after so many steps. */
  private record Stop(int steps, TrainingRun[] run) implements TrainingListener {
    Stop(int steps) {
      this(steps, new TrainingRun[1]);
    }

    @Override
    public void onTrainBegin(TrainingRun begun) {
      run[0] = begun;
    }

    @Override
    public void onStepEnd(StepResult step) {
      if (step.iteration() == steps) {
        run[0].stop("a test");
      }
    }
  }

  @Test
  void oneEndsAllAndFewerGoOn() throws Exception {
    Recipe recipe = ResumeTest.recipe("shards=4");
    Bits wanted;
    try (Model alone = model(TinyNetwork::new, new Adam(1e-2))) {
      alone.fit(TRAIN, options(recipe));
      wanted = Bits.of(alone);
    }
    Path file = folder.resolve("model.h5");
    List<Future<String>> stopped =
        together(
            4,
            group -> {
              try (Model model = model(TinyNetwork::new, new Adam(1e-2))) {
                model.setWorkers(group);
                FitOptions options = options(recipe);
                Stop heard = new Stop(-1);
                model.fit(
                    TRAIN,
                    options.withListener(heard).withListener(new Stop(group.rank() == 2 ? 3 : -1)));
                if (group.rank() == 0) {
                  model.save(file);
                }
                return heard.run()[0].stopped().orElseThrow()
                    + " after "
                    + model.optimizer().iterations();
              }
            });
    for (int rank = 0; rank < 4; rank++) {
      // It asked after step 3, and all of them heard of it in step 4.
      assertThat(stopped.get(rank).get())
          .isEqualTo(rank == 2 ? "a test after 4" : "worker 2, by a test after 4");
    }
    List<Future<Bits>> resumed =
        together(
            2,
            group -> {
              try (Model model = Model.load(file, TinyNetwork::new, 1)) {
                model.setWorkers(group);
                model.resume(TRAIN, TEST, List.of());
                return Bits.of(model);
              }
            });
    for (Future<Bits> bits : resumed) {
      bits.get().assertSame(wanted);
    }
  }

  private static Throwable failure(Future<?> future) throws InterruptedException {
    try {
      future.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  @Test
  void whatDiffersIsNamedOnAll() throws Exception {
    List<Future<Object>> results =
        together(
            2,
            group -> {
              try (Model model = model(TinyNetwork::new, new Adam(1e-2))) {
                model.setWorkers(group);
                model.fit(
                    TRAIN,
                    options(ResumeTest.recipe("shards=2"))
                        .withBatchSize(group.rank() == 0 ? 8 : 9));
                return null;
              }
            });
    for (Future<Object> result : results) {
      assertThat(failure(result))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "all workers of a training require the same batch size: worker 0 has 8, and worker 1"
                  + " has 9");
    }
  }

  @Test
  void otherMetricsAreFound() throws Exception {
    List<Future<Object>> results =
        together(
            2,
            group -> {
              try (Model model = model(TinyNetwork::new, new Adam(1e-2))) {
                if (group.rank() == 1) {
                  model.compile(new Adam(1e-2), Loss.CATEGORICAL_CROSSENTROPY, Metric.AUC);
                }
                model.setWorkers(group);
                model.fit(TRAIN, options(ResumeTest.recipe("shards=2")));
                return null;
              }
            });
    for (Future<Object> result : results) {
      assertThat(failure(result))
          .hasMessage(
              "all workers of a training require the same metrics: worker 0 has [accuracy, auc],"
                  + " and worker 1 has [auc]");
    }
  }

  @Test
  void otherWeightsAreFound() throws Exception {
    List<Future<Object>> results =
        together(
            2,
            group -> {
              try (Model model = model(TinyNetwork::new, new Adam(1e-2))) {
                if (group.rank() == 1) {
                  Parameter some = model.network().parameters().getLast();
                  some.setValues(new float[some.size()]);
                  model.network().parameters().getFirst().setValues(new float[162]);
                }
                model.setWorkers(group);
                model.fit(TRAIN, options(ResumeTest.recipe("shards=2")));
                return null;
              }
            });
    for (Future<Object> result : results) {
      assertThat(failure(result))
          .hasMessageStartingWith(
              "all workers of a training require the same weights: worker 0 has checksum ");
    }
  }

  @Test
  void shardsAreSharedAlike() throws Exception {
    List<Future<Bits>> results =
        together(2, group -> trained(group, options(ResumeTest.recipe("shards=3"))));
    for (Future<Bits> result : results) {
      assertThat(failure(result)).hasMessage("2 workers require a multiple of 2 shards, got 3");
    }
  }

  /** Images of which one can be read only once. */
  private record Torn(ImageDataset all, int torn, AtomicInteger reads) implements ImageDataset {
    @Override
    public int size() {
      return all.size();
    }

    @Override
    public ImageShape shape() {
      return all.shape();
    }

    @Override
    public List<String> classNames() {
      return all.classNames();
    }

    @Override
    public int label(int index) {
      return all.label(index);
    }

    @Override
    public void read(int index, byte[] dst, int offset) {
      if (index == torn && reads.incrementAndGet() > 1) {
        throw new DataException("image 20 is torn");
      }
      all.read(index, dst, offset);
    }

    @Override
    public String description() {
      return "torn images";
    }
  }

  @Test
  void anErrorOfOneReachesAll() throws Exception {
    List<Future<Object>> results =
        together(
            3,
            group -> {
              try (Model model = model(TinyNetwork::new, new Adam(1e-2))) {
                model.setWorkers(group);
                model.fit(
                    new Torn(TRAIN, 20, new AtomicInteger()),
                    options(ResumeTest.recipe("shards=3")));
                return null;
              }
            });
    List<Throwable> failures = new ArrayList<>();
    for (Future<Object> result : results) {
      failures.add(failure(result));
    }
    assertThat(failures).filteredOn(DataException.class::isInstance).hasSize(1);
    assertThat(failures)
        .filteredOn(ExchangeException.class::isInstance)
        .hasSize(2)
        .allSatisfy(e -> assertThat(e).hasMessageContaining("image 20 is torn"));
  }

  /** All find it at the same step. */
  @Test
  void lossesThatAreNoNumbersEndAll() throws Exception {
    List<Future<Object>> results =
        together(
            2,
            group -> {
              try (Model model = model(TinyNetwork::new, new Sgd(1e30))) {
                model.setWorkers(group);
                assertThatThrownBy(() -> model.fit(TRAIN, options(ResumeTest.recipe("shards=2"))))
                    .isInstanceOf(NonFiniteLossException.class);
                return model.optimizer().iterations();
              }
            });
    assertThat(results.get(0).get()).isEqualTo(results.get(1).get());
  }
}
