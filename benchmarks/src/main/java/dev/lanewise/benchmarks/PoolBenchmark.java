package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.norm.ActivatedOperand;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.kernel.norm.UnitGradientEpilogue;
import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceAveragePool;
import dev.lanewise.reference.ReferenceMaxPool;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
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

/**
 * ResNet50's poolings on all cores: the stem's, with the normalisation and ReLU before it, and the
 * head's.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.VECTOR, Jvm.G1, Jvm.REGION})
@State(Scope.Benchmark)
public class PoolBenchmark {
  private static final double TOLERANCE = 1e-5;

  /** Where the pooling stands. */
  public enum Place {
    /** The largest of 3x3 with stride 2, of 64 channels. */
    STEM(64, Window.valid(3, 3, 2, 2)),
    /** The average of 2x2, of 2048 channels. */
    HEAD(2048, Window.same(2, 2, 2, 2));

    private final int channels;
    private final Window window;

    Place(int channels, Window window) {
      this.channels = channels;
      this.window = window;
    }

    private Shape input(ImageBatch workload) {
      int map = this == STEM ? workload.mapBeforePool() : workload.mapBefore(6);
      return new Shape(workload.images(), map, map, channels);
    }

    private Shape output(ImageBatch workload) {
      Shape in = input(workload);
      return new Shape(in.n(), window.outH(in.h()), window.outW(in.w()), channels);
    }
  }

  /** The pooling; by default each. */
  @Param public Place pooling;

  /** How many images of which size. */
  @Param({"N32_64", "N8_224"})
  public ImageBatch workload;

  private WorkerPool pool;
  private PoolKernel kernel;
  private Tensor x;
  private Tensor y;
  private Tensor argmax;
  private Tensor dy;
  private Tensor dx;
  private Operand activated;
  private Epilogue sums;
  private boolean stem;

  /** Made by JMH. */
  public PoolBenchmark() {}

  /** Fills the operands, and compares both passes with plain loops. */
  @Setup
  public void setUp() {
    stem = pooling == Place.STEM;
    pool = new WorkerPool();
    kernel = new PoolKernel(new Scratch(pool), stem);
    Shape in = pooling.input(workload);
    Shape out = pooling.output(workload);
    ArenaPlan plan = ArenaPlan.over(Arena.allocate(2 * in.size() + 3 * out.size() + 128));
    x = plan.acquire(in);
    dx = plan.acquire(in);
    y = plan.acquire(out);
    dy = plan.acquire(out);
    argmax = stem ? plan.acquire(out) : null;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = (float) random.nextDouble(-1, 1);
    }
    check();
    NormState norm = Norms.standard(in.c());
    activated =
        stem
            ? new ActivatedOperand(x, norm, PointwiseFunctions.of(Activation.RELU))
            : Operand.of(x);
    sums = stem ? new UnitGradientEpilogue(norm, x, PointwiseFunctions.of(Activation.RELU)) : null;
    kernel.forward(pooling.window, activated, y, argmax);
  }

  private void check() {
    kernel.forward(pooling.window, Operand.of(x), y, argmax);
    kernel.backward(pooling.window, dy, argmax, dx, null);
    ReferenceTensor src = ReferenceTensor.of(x);
    ReferenceTensor dDst = ReferenceTensor.of(dy);
    if (stem) {
      compare(ReferenceMaxPool.forward(src, pooling.window), y);
      compare(ReferenceMaxPool.backward(src, dDst, pooling.window), dx);
    } else {
      compare(ReferenceAveragePool.forward(src, pooling.window), y);
      compare(ReferenceAveragePool.backward(dDst, pooling.window, x.shape()), dx);
    }
  }

  private static void compare(ReferenceTensor wanted, Tensor got) {
    float[] values = got.toArray();
    for (int i = 0; i < values.length; i++) {
      Check.near("value " + i, wanted.data()[i], values[i], TOLERANCE);
    }
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** (bn -> relu ->) pool. */
  @Benchmark
  public void forward(Bytes work) {
    kernel.forward(pooling.window, activated, y, argmax);
    work.bytes += Float.BYTES * ((long) x.shape().size() + (stem ? 2L : 1L) * y.shape().size());
  }

  /** Gradient of the input (masked, and the sums of the normalisation below). */
  @Benchmark
  public void backward(Bytes work) {
    kernel.backward(pooling.window, dy, argmax, dx, sums);
    work.bytes +=
        Float.BYTES * ((stem ? 2L : 1L) * x.shape().size() + (stem ? 2L : 1L) * y.shape().size());
  }
}
