package dev.lanewise.benchmarks;

import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Arena;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.ParameterRange;
import dev.lanewise.train.Sgd;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One step of an optimiser over as many parameters as ResNet50 has, on all cores. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.VECTOR, Jvm.G1, Jvm.REGION})
@State(Scope.Benchmark)
public class OptimizerBenchmark {
  /** Parameters of ResNet50 with 6 classes. */
  private static final int PARAMETERS = 23_546_886;

  private static final List<ParameterRange> ALL =
      List.of(ParameterRange.of(Arena.FIRST, Arena.FIRST + PARAMETERS));

  private static final int CHECKED = 1000;
  private static final double RATE = 1e-3;
  private static final double MOMENTUM = 0.9;

  /** The optimiser. */
  public enum Kind {
    /** Two moments: four arrays are read and three written. */
    ADAM(7),
    /** A velocity: three arrays are read and two written. */
    SGD_MOMENTUM(5),
    /** No state: two arrays are read and one written. */
    SGD(3);

    private final int arrays;

    Kind(int arrays) {
      this.arrays = arrays;
    }

    private Optimizer make() {
      return switch (this) {
        case ADAM -> new Adam(RATE);
        case SGD_MOMENTUM -> new Sgd(RATE).withMomentum(MOMENTUM);
        case SGD -> new Sgd(RATE);
      };
    }

    /** Returns the change of a value by the first two steps with the same gradient. */
    private double twoSteps(double gradient) {
      return switch (this) {
        case ADAM -> -2 * RATE * Math.signum(gradient);
        case SGD_MOMENTUM -> -RATE * gradient * (2 + MOMENTUM);
        case SGD -> -RATE * gradient * 2;
      };
    }
  }

  /** The optimiser; by default each. */
  @Param public Kind optimizer;

  private WorkerPool pool;
  private Optimizer timed;
  private float[] values;
  private float[] gradients;

  /** Made by JMH. */
  public OptimizerBenchmark() {}

  /** Takes two steps, and compares them with what they must be. */
  @Setup
  public void setUp() {
    pool = new WorkerPool();
    timed = optimizer.make();
    values = Arena.allocate(PARAMETERS);
    gradients = Arena.allocate(PARAMETERS);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = Arena.FIRST; i < gradients.length; i++) {
      double size = random.nextDouble(0.5, 1);
      gradients[i] = (float) (random.nextBoolean() ? size : -size);
    }
    step();
    step();
    for (int i = 0; i < CHECKED; i++) {
      int at = Arena.FIRST + random.nextInt(PARAMETERS);
      Check.near("value " + at, optimizer.twoSteps(gradients[at]), values[at], 1e-3 * RATE);
    }
  }

  private void step() {
    timed.step(values, gradients, ALL, pool);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** The step. */
  @Benchmark
  public void step(Bytes work) {
    step();
    work.bytes += (long) Float.BYTES * optimizer.arrays * PARAMETERS;
  }
}
