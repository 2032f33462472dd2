package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.ParameterRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's own optimiser, whose state must survive saving and loading. */
class OwnOptimizerTest {
  private static final Stripes TRAIN = new Stripes(30, 1);
  private static final FitOptions EPOCH = FitOptions.epochs(1).withBatchSize(8);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"own.h5", "own.safetensors"})
  void trainingGoesOnWithItsState(String name) {
    Path file = folder.resolve(name);
    Path again = folder.resolve("again-" + name);
    try (Model through = tiny(new Averaged("averaged"));
        Model stopped = tiny(new Averaged("averaged"))) {
      through.fit(TRAIN, EPOCH);
      double loss = through.fit(TRAIN, EPOCH).epochs().get(0).loss();
      stopped.fit(TRAIN, EPOCH);
      stopped.save(file);
      // A program that has not the optimiser keeps its state.
      try (Model unknown = Model.load(file, TinyNetwork::new, 1)) {
        assertThat(unknown.isCompiled()).isFalse();
        assertThat(unknown.awaitedOptimizer()).hasValue("averaged");
        assertThatThrownBy(() -> unknown.fit(TRAIN, EPOCH))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "compile the model before fit: with the optimiser 'averaged' the training in its"
                    + " file goes on");
        unknown.save(again);
      }
      try (Model loaded = Model.load(again, TinyNetwork::new, 1)) {
        Averaged optimizer = new Averaged("averaged");
        loaded.compile(optimizer, Loss.CATEGORICAL_CROSSENTROPY);
        assertThat(loaded.awaitedOptimizer()).isEmpty();
        assertThat(optimizer.iterations()).isEqualTo(4);
        assertThat(loaded.fit(TRAIN, EPOCH).epochs().get(0).loss()).isEqualTo(loss);
        for (int i = 0; i < loaded.network().parameters().size(); i++) {
          assertThat(loaded.network().parameters().get(i).values())
              .isEqualTo(through.network().parameters().get(i).values());
        }
      }
    }
  }

  @Test
  void stateThatDoesNotFitIsRefused() {
    Path file = folder.resolve("own.h5");
    try (Model model = tiny(new Averaged("averaged"))) {
      model.fit(TRAIN, EPOCH);
      model.save(file);
    }
    try (Model loaded = Model.load(file, TinyNetwork::new, 1)) {
      Optimizer other =
          new Averaged("averaged") {
            @Override
            public void restore(long iterations, List<Slot> slots) {
              throw new IllegalArgumentException("requires 2 slots, got " + slots.size());
            }
          };
      assertThatThrownBy(() -> loaded.compile(other, Loss.CATEGORICAL_CROSSENTROPY))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "the optimiser's state in " + file + " does not fit: requires 2 slots, got 1");
      assertThat(loaded.awaitedOptimizer()).hasValue("averaged");
      loaded.compile(new Adam(1e-3), Loss.CATEGORICAL_CROSSENTROPY);
      assertThat(loaded.awaitedOptimizer()).isEmpty();
    }
  }

  @Test
  void namesOfTheBundledOptimizersAreTaken() {
    assertThatThrownBy(() -> tiny(new Averaged("adam")))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "the optimiser "
                + Averaged.class.getName()
                + " requires a name of its own, got 'adam'");
  }

  private static Model tiny(Optimizer optimizer) {
    Model model =
        Model.build(
            TinyNetwork::new,
            ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES).withThreads(1));
    try {
      model.compile(optimizer, Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
      return model;
    } catch (ModelException e) {
      model.close();
      throw e;
    }
  }

  /** Steps along a moving average of the gradients. */
  private static class Averaged implements Optimizer {
    private static final float KEPT = 0.8f;

    private final String name;
    private double learningRate = 0.01;
    private long iterations;
    private float[] average = new float[0];

    Averaged(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public double learningRate() {
      return learningRate;
    }

    @Override
    public void setLearningRate(double learningRate) {
      this.learningRate = learningRate;
    }

    @Override
    public Map<String, Double> config() {
      return Map.of("learning_rate", learningRate, "kept", (double) KEPT);
    }

    @Override
    public void step(
        float[] values, float[] gradients, List<ParameterRange> ranges, WorkerPool pool) {
      if (average.length == 0) {
        average = new float[values.length];
      }
      for (ParameterRange range : ranges) {
        for (int i = range.from(); i < range.to(); i++) {
          average[i] = KEPT * average[i] + (1 - KEPT) * gradients[i];
          values[i] -= (float) learningRate * average[i];
        }
      }
      iterations++;
    }

    @Override
    public long iterations() {
      return iterations;
    }

    @Override
    public List<Slot> slots() {
      return average.length == 0 ? List.of() : List.of(new Slot("average", average));
    }

    @Override
    public void restore(long iterations, List<Slot> slots) {
      this.iterations = iterations;
      average = slots.isEmpty() ? new float[0] : slots.get(0).values().clone();
    }
  }
}
