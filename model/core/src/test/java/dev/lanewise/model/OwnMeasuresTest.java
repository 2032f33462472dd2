package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.Watch;
import dev.lanewise.network.HeadActivation;
import dev.lanewise.train.Adam;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own loss and metric, which a file names and only the user's program has. */
class OwnMeasuresTest {
  private static final Stripes TRAIN = new Stripes(30, 1);
  private static final FitOptions EPOCH =
      FitOptions.epochs(1)
          .withBatchSize(8)
          .withRecipe(Recipe.of(Map.of("watch", new Watch("surprise", false).text())));

  @TempDir private Path folder;

  /** Cross-entropy that weighs what is told rightly less (Lin et al. 2017, of gamma 1). */
  static final class Focal implements Loss {
    @Override
    public String name() {
      return "focal";
    }

    @Override
    public TargetKind targets() {
      return TargetKind.CLASS;
    }

    @Override
    public HeadActivation head() {
      return HeadActivation.SOFTMAX;
    }

    @Override
    public double of(float[] outputs, int from, float[] targets, int at, int n) {
      double loss = 0;
      for (int c = 0; c < n; c++) {
        double p = Math.max(outputs[from + c], 1e-7);
        loss -= targets[at + c] * (1 - p) * Math.log(p);
      }
      return loss;
    }

    @Override
    public double gradient(float[] logits, int from, float[] targets, int at, double[] gradient) {
      int n = gradient.length;
      double log = HeadActivation.logSum(logits, from, n);
      double loss = 0;
      double sum = 0;
      for (int c = 0; c < n; c++) {
        double logP = logits[from + c] - log;
        double p = Math.exp(logP);
        loss -= targets[at + c] * (1 - p) * logP;
        // By p, times p: what softmax's derivative makes of it.
        gradient[c] = targets[at + c] * (p * logP - (1 - p));
        sum += gradient[c];
      }
      for (int c = 0; c < n; c++) {
        gradient[c] -= Math.exp(logits[from + c] - log) * sum;
      }
      return loss;
    }
  }

  /** The lowest probability that a right class was given. */
  static class Surprise implements Metric {
    @Override
    public String name() {
      return "surprise";
    }

    @Override
    public boolean moreIsBetter() {
      return false;
    }

    @Override
    public boolean takes(TargetKind kind) {
      return kind == TargetKind.CLASS;
    }

    @Override
    public Accumulator accumulator(TargetKind kind, int outputs, int images) {
      return new Accumulator() {
        private double lowest = 1;

        @Override
        public void add(float[] values, int from, float[] targets, int at) {
          for (int c = 0; c < outputs; c++) {
            lowest = targets[at + c] == 1 ? Math.min(lowest, values[from + c]) : lowest;
          }
        }

        @Override
        public double result() {
          return 1 - lowest;
        }

        @Override
        public double[] state() {
          return new double[] {lowest};
        }

        @Override
        public void restore(double[] state) {
          lowest = state.length == 0 ? 1 : state[0];
        }
      };
    }
  }

  private static Model tiny() {
    Model model =
        Model.build(
            TinyNetwork::new,
            ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES).withThreads(1));
    model.compile(new Adam(1e-2), new Focal(), new Surprise());
    return model;
  }

  @Test
  void trainingGoesOnWhereTheyAreGivenAgain() {
    Path file = folder.resolve("own.h5");
    Path again = folder.resolve("again.safetensors");
    try (Model through = tiny();
        Model stopped = tiny()) {
      through.fit(TRAIN, EPOCH);
      var wanted = through.fit(TRAIN, EPOCH).epochs().getFirst().figures();
      assertThat(wanted.names()).containsExactly("loss", "surprise");
      stopped.fit(TRAIN, EPOCH);
      stopped.save(file);
      try (Model unknown = Model.load(file, TinyNetwork::new, 1)) {
        assertThat(unknown.isCompiled()).isFalse();
        assertThat(unknown.awaited()).hasValue("the loss 'focal'");
        assertThat(unknown.awaitedOptimizer()).isEmpty();
        assertThat(unknown.predict(TRAIN, 8)).isDeepEqualTo(stopped.predict(TRAIN, 8));
        assertThatThrownBy(() -> unknown.fit(TRAIN, EPOCH))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(
                "compile the model before fit: with the loss 'focal' the training in its file goes"
                    + " on");
        assertThatThrownBy(() -> unknown.evaluate(TRAIN, 8))
            .isInstanceOf(ModelException.class)
            .hasMessage("the model was trained with the loss 'focal', which is not found here");
        unknown.save(again);
      }
      try (Model loaded = Model.load(again, TinyNetwork::new, 1)) {
        loaded.compile(new Adam(1e-2), new Focal(), new Surprise());
        assertThat(loaded.awaited()).isEmpty();
        assertThat(loaded.optimizer().iterations()).isEqualTo(4);
        assertThat(loaded.fit(TRAIN, EPOCH).epochs().getFirst().figures()).isEqualTo(wanted);
      }
    }
  }

  @Test
  void namesOfOthersAreTaken() {
    try (Model model = tiny()) {
      Metric taken =
          new Surprise() {
            @Override
            public String name() {
              return "auc";
            }
          };
      assertThatThrownBy(() -> model.compile(new Adam(1), new Focal(), taken))
          .isInstanceOf(ModelException.class)
          .hasMessageEndingWith(" requires a name of its own, got 'auc'");
    }
  }
}
