package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.testing.AllocatedBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
  private static final int STEPS = 5;

  /** Three chunks and a tail. */
  private static final int LARGE = 3 * OptimizerPass.CHUNK + 29;

  static Stream<Named<Supplier<Optimizer>>> optimizers() {
    return Stream.of(
        Named.of("adam", () -> new Adam(1e-3)),
        Named.of("adamw", () -> new Adam(1e-2).withWeightDecay(0.1).withEpsilon(1e-3)),
        Named.of("adam, other betas", () -> new Adam(1e-2).withBetas(0.5, 0.75)),
        Named.of("sgd", () -> new Sgd(0.1)),
        Named.of("sgd, decay", () -> new Sgd(0.1).withWeightDecay(0.01)),
        Named.of("sgd, momentum", () -> new Sgd(0.1).withMomentum(0.9).withWeightDecay(0.01)),
        Named.of("sgd, nesterov", () -> new Sgd(0.1).withNesterov(0.9).withWeightDecay(0.01)));
  }

  private static float[] random(int seed, int size) {
    float[] values = new float[size];
    var random = new Random(seed);
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] train(Optimizer optimizer, int size, int threads, int first, int last) {
    float[] values = random(1, size);
    trainOn(values, optimizer, threads, first, last);
    return values;
  }

  private static void trainOn(
      float[] values, Optimizer optimizer, int threads, int first, int last) {
    try (var pool = new WorkerPool(threads)) {
      for (int step = first; step < last; step++) {
        optimizer.step(values, random(100 + step, values.length), whole(values), pool);
      }
    }
  }

  private static List<ParameterRange> whole(float[] values) {
    return List.of(ParameterRange.of(0, values.length));
  }

  /** The formulas of Keras, one parameter in double. */
  private static double expected(Optimizer optimizer, int index) {
    double value = random(1, index + 1)[index];
    double m = 0;
    double v = 0;
    for (int step = 0; step < STEPS; step++) {
      double g = random(100 + step, index + 1)[index];
      double rate = optimizer.learningRate();
      if (optimizer instanceof Adam adam) {
        value -= value * adam.weightDecay() * rate;
        m = adam.beta1() * m + (1 - adam.beta1()) * g;
        v = adam.beta2() * v + (1 - adam.beta2()) * g * g;
        double bias1 = 1 - Math.pow(adam.beta1(), step + 1);
        double bias2 = 1 - Math.pow(adam.beta2(), step + 1);
        value -= rate * Math.sqrt(bias2) / bias1 * m / (Math.sqrt(v) + adam.epsilon());
      } else {
        Sgd sgd = (Sgd) optimizer;
        value -= value * sgd.weightDecay() * rate;
        m = sgd.momentum() * m - rate * g;
        value += sgd.nesterov() ? sgd.momentum() * m - rate * g : m;
      }
    }
    return value;
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void followsTheFormulas(Supplier<Optimizer> supplier) {
    Optimizer optimizer = supplier.get();
    float[] values = train(optimizer, 50, 1, 0, STEPS);
    assertThat(optimizer.iterations()).isEqualTo(STEPS);
    for (int i = 0; i < values.length; i++) {
      assertThat((double) values[i])
          .as("value %d", i)
          .isCloseTo(expected(optimizer, i), within(3e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void anyNumberOfThreadsGivesTheSameBits(Supplier<Optimizer> supplier) {
    float[] one = train(supplier.get(), LARGE, 1, 0, 2);
    assertThat(train(supplier.get(), LARGE, 2, 0, 2)).isEqualTo(one);
    assertThat(train(supplier.get(), LARGE, 3, 0, 2)).isEqualTo(one);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void vectorAndTailGiveTheSameBits(Supplier<Optimizer> supplier) {
    int lanes = Lanes.LANES;
    float[] longest = train(supplier.get(), 4 * lanes, 1, 0, STEPS);
    for (int size : new int[] {1, lanes - 1, lanes, lanes + 1, 2 * lanes + 3}) {
      float[] values = train(supplier.get(), size, 1, 0, STEPS);
      for (int i = 0; i < size; i++) {
        assertThat(values[i]).as("value %d of %d", i, size).isEqualTo(longest[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void changesNothingOutsideTheRange(Supplier<Optimizer> supplier) {
    float[] before = random(1, LARGE);
    float[] gradients = new float[LARGE];
    Arrays.fill(gradients, 1);
    try (var pool = new WorkerPool(2)) {
      for (int[] range : new int[][] {{12, 13}, {5, LARGE - 7}, {12, 12 + (1 << 16)}}) {
        float[] values = before.clone();
        var ranges = List.of(ParameterRange.of(range[0], range[1]));
        supplier.get().step(values, gradients, ranges, pool);
        for (int i = 0; i < LARGE; i++) {
          boolean changed = values[i] != before[i];
          assertThat(changed).as("value %d", i).isEqualTo(i >= range[0] && i < range[1]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void rangesHaveRatesOfTheirOwnInOneStep(Supplier<Optimizer> supplier) {
    int first = 40;
    int second = OptimizerPass.CHUNK + 77;
    int third = 2 * OptimizerPass.CHUNK + 500;
    var ranges =
        List.of(
            new ParameterRange(3, first, 0.5, true),
            new ParameterRange(second, second + 30, 2, true),
            new ParameterRange(second + 30, third, 0.5, true));
    float[] wanted = random(1, LARGE);
    float[] values = wanted.clone();
    Optimizer optimizer = supplier.get();
    Optimizer half = supplier.get();
    half.setLearningRate(half.learningRate() * 0.5);
    Optimizer twice = supplier.get();
    twice.setLearningRate(twice.learningRate() * 2);
    try (var pool = new WorkerPool(2)) {
      for (int step = 0; step < 3; step++) {
        float[] gradients = random(100 + step, LARGE);
        optimizer.step(values, gradients, ranges, pool);
        var halves = List.of(ParameterRange.of(3, first), ParameterRange.of(second + 30, third));
        half.step(wanted, gradients, halves, pool);
        twice.step(wanted, gradients, List.of(ParameterRange.of(second, second + 30)), pool);
      }
      optimizer.step(values, new float[LARGE], List.of(), pool);
    }
    assertThat(values).isEqualTo(wanted);
    assertThat(optimizer.iterations()).isEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void goesOnBitwiseAfterRestore(Supplier<Optimizer> supplier) {
    float[] wanted = train(supplier.get(), 1000, 1, 0, 6);

    Optimizer stopped = supplier.get();
    float[] values = train(stopped, 1000, 1, 0, 3);
    Optimizer resumed = supplier.get();
    resumed.restore(stopped.iterations(), stopped.slots());
    trainOn(new float[1000], stopped, 1, 3, 4);
    trainOn(values, resumed, 2, 3, 6);
    assertThat(values).isEqualTo(wanted);
    assertThat(resumed.iterations()).isEqualTo(6);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void slotsAreAsLongAsTheValues(Supplier<Optimizer> supplier) {
    Optimizer optimizer = supplier.get();
    assertThat(optimizer.slots()).isEmpty();
    train(optimizer, 100, 1, 0, 1);
    List<String> wanted =
        switch (optimizer.name()) {
          case "adam" -> List.of("m", "v");
          default -> ((Sgd) optimizer).momentum() == 0 ? List.of() : List.of("momentum");
        };
    assertThat(optimizer.slots().stream().map(Optimizer.Slot::name)).isEqualTo(wanted);
    assertThat(optimizer.slots()).allMatch(slot -> slot.values().length == 100);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void laterStepsAllocateNothing(Supplier<Optimizer> supplier) {
    Optimizer optimizer = supplier.get();
    float[] values = random(1, LARGE);
    float[] gradients = random(2, LARGE);
    var ranges = List.of(ParameterRange.of(12, 5000), new ParameterRange(6000, LARGE, 2, true));
    try (var pool = new WorkerPool(2)) {
      long bytes =
          AllocatedBytes.leastOf(
              50,
              () -> {
                for (int i = 0; i < 100; i++) {
                  optimizer.step(values, gradients, ranges, pool);
                }
              });
      assertThat(bytes).isLessThan(1000);
    }
  }

  @Test
  void learningRateCanChangeBetweenSteps() {
    var optimizer = new Sgd(1);
    float[] values = {1, 1};
    try (var pool = new WorkerPool(1)) {
      optimizer.step(values, new float[] {1, 2}, whole(values), pool);
      optimizer.setLearningRate(0.5);
      optimizer.step(values, new float[] {1, 2}, whole(values), pool);
    }
    assertThat(values).containsExactly(-0.5f, -2);
    assertThat(optimizer.learningRate()).isEqualTo(0.5);
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> new Adam(-1)).hasMessage("learning rate must be 0 or more, got -1.0");
    assertThatThrownBy(() -> new Sgd(Double.NaN))
        .hasMessage("learning rate must be 0 or more, got NaN");
    assertThatThrownBy(() -> new Sgd(1).setLearningRate(Double.POSITIVE_INFINITY))
        .hasMessage("learning rate must be 0 or more, got Infinity");
    assertThatThrownBy(() -> new Adam(1).withBetas(1, 0.9))
        .hasMessage("beta 1 must be at least 0 and below 1, got 1.0");
    assertThatThrownBy(() -> new Adam(1).withBetas(0.9, -0.1))
        .hasMessage("beta 2 must be at least 0 and below 1, got -0.1");
    assertThatThrownBy(() -> new Adam(1).withEpsilon(0))
        .hasMessage("epsilon must be above 0, got 0.0");
    assertThatThrownBy(() -> new Sgd(1).withMomentum(1.5))
        .hasMessage("momentum must be at least 0 and below 1, got 1.5");
    assertThatThrownBy(() -> new Sgd(1).withNesterov(0))
        .hasMessage("Nesterov's momentum must be above 0, got 0.0");
    assertThatThrownBy(() -> new Sgd(1).withWeightDecay(-1))
        .hasMessage("weight decay must be 0 or more, got -1.0");
  }

  @Test
  void refusesRangesAndStatesThatDoNotFit() {
    var adam = new Adam(1);
    var three = whole(new float[3]);
    try (var pool = new WorkerPool(1)) {
      assertThatThrownBy(() -> adam.step(new float[3], new float[2], three, pool))
          .hasMessage("cannot step over [0,3) of 3 values and 2 gradients");
      var crossing = List.of(ParameterRange.of(0, 2), ParameterRange.of(1, 3));
      assertThatThrownBy(() -> adam.step(new float[3], new float[3], crossing, pool))
          .hasMessage("cannot step over [1,3) after [0,2)");
      assertThatThrownBy(() -> ParameterRange.of(2, 2))
          .hasMessage("a range of parameters requires one or more, got [2,2)");
      assertThatThrownBy(() -> new ParameterRange(0, 1, 0, true))
          .hasMessage("factor of the learning rate must be above 0, got 0.0");
      adam.step(new float[3], new float[3], three, pool);
      assertThatThrownBy(() -> adam.step(new float[4], new float[4], whole(new float[4]), pool))
          .hasMessage("adam holds the state of 3 parameters and requires as many, got 4");
    }
    assertThat(adam.iterations()).isEqualTo(1);
    var m = new Optimizer.Slot("m", new float[3]);
    assertThatThrownBy(() -> adam.restore(2, List.of(m)))
        .hasMessage("the state of adam after 2 steps is [m, v], got [m]");
    assertThatThrownBy(() -> adam.restore(2, List.of()))
        .hasMessage("the state of adam after 2 steps is [m, v], got []");
    var v = new Optimizer.Slot("v", new float[4]);
    assertThatThrownBy(() -> adam.restore(2, List.of(m, v)))
        .hasMessage("the state arrays of adam must be of one length");
    assertThatThrownBy(() -> adam.restore(-1, List.of()))
        .hasMessage("a number of steps must be 0 or more, got -1");
    adam.restore(0, List.of());
    assertThat(adam.slots()).isEmpty();
  }
}
