package dev.lanewise.benchmarks;

import dev.lanewise.kernel.ConvKernel;
import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Norm;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import java.util.Arrays;
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
 * Each convolution of ResNet50 in its three roles on all cores, fused as in training: normalisation
 * and ReLU on the way in, sums on the way out.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.VECTOR, Jvm.G1, Jvm.REGION})
@State(Scope.Benchmark)
public class ConvBenchmark {
  /** Values that are compared with plain loops before anything is timed. */
  private static final int CHECKED = 300;

  /** The layer; by default each. */
  @Param public ConvLayer layer;

  private WorkerPool pool;
  private ConvKernel conv;
  private float[] arena;
  private Tensor x;
  private Tensor y;
  private Tensor dx;
  private Tensor dz;
  private int weights;
  private int dWeights;
  private Operand activated;
  private Operand gradient;
  private Epilogue statistics;
  private Epilogue sums;

  /** Made by JMH. */
  public ConvBenchmark() {}

  /** Fills the operands, and checks forward against plain loops. */
  @Setup
  public void setUp() {
    pool = new WorkerPool();
    conv = new ConvKernel(new Scratch(pool), layer.window(), layer.input().c(), layer.output().c());
    Shape packed = new Shape(1, 1, 1, conv.weights().size());
    int floats = 2 * (layer.input().size() + layer.output().size() + packed.size()) + 128;
    arena = Arena.allocate(floats);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < arena.length; i++) {
      arena[i] = (float) random.nextDouble(-1, 1);
    }
    ArenaPlan plan = ArenaPlan.over(arena);
    x = plan.acquire(layer.input());
    dx = plan.acquire(layer.input());
    y = plan.acquire(layer.output());
    dz = plan.acquire(layer.output());
    weights = plan.acquire(packed).offset();
    dWeights = plan.acquire(packed).offset();
    check(random);

    Norm before = standard(layer.input().c());
    Norm after = standard(layer.output().c());
    boolean first = layer == ConvLayer.CONV1;
    activated = first ? Operand.of(x) : before.activated(x, true);
    statistics = after.statistics();
    gradient = layer.window().kh() == 1 ? after.inputGradient(dz, y) : Operand.of(dz);
    sums = before.gradientSums(x, true);
  }

  private static Norm standard(int channels) {
    Norm norm = new Norm(channels);
    float[] ones = new float[channels];
    Arrays.fill(ones, 1f);
    norm.useStatistics(ones, 0, new float[channels], 0, 1e-3, new float[channels], 0, ones, 0);
    return norm;
  }

  private void check(SplittableRandom random) {
    float[] kernel = conv.weights().unpack(arena, weights);
    conv.infer(Operand.of(x), arena, weights, null, 0, y, null, false);
    for (int i = 0; i < CHECKED; i++) {
      Shape out = y.shape();
      int n = random.nextInt(out.n());
      int oh = random.nextInt(out.h());
      int ow = random.nextInt(out.w());
      int oc = random.nextInt(out.c());
      double wanted = plain(kernel, n, oh, ow, oc);
      if (Math.abs(y.get(n, oh, ow, oc) - wanted) > 1e-4 * Math.max(1, Math.abs(wanted))) {
        throw new IllegalStateException(
            layer + ": wanted " + wanted + ", got " + y.get(n, oh, ow, oc));
      }
    }
  }

  private double plain(float[] kernel, int n, int oh, int ow, int oc) {
    Window window = layer.window();
    Shape in = x.shape();
    double sum = 0;
    for (int kh = 0; kh < window.kh(); kh++) {
      for (int kw = 0; kw < window.kw(); kw++) {
        int h = oh * window.sh() - window.padTop(in.h()) + kh;
        int w = ow * window.sw() - window.padLeft(in.w()) + kw;
        if (h < 0 || h >= in.h() || w < 0 || w >= in.w()) {
          continue;
        }
        for (int ic = 0; ic < in.c(); ic++) {
          int at = ((kh * window.kw() + kw) * in.c() + ic) * y.shape().c() + oc;
          sum += (double) x.get(n, h, w, ic) * kernel[at];
        }
      }
    }
    return sum;
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** bn -> relu -> conv, and the next normalisation's statistics. */
  @Benchmark
  public void forward(Work work) {
    conv.forward(activated, arena, weights, null, 0, y, null, statistics);
    work.flops += layer.flops();
  }

  /** Gradient of the input, masked, and the sums of the normalisation below. */
  @Benchmark
  public void backwardData(Work work) {
    conv.backwardData(gradient, arena, weights, dx, null, sums);
    work.flops += layer.flops();
  }

  /** Gradient of the weights. */
  @Benchmark
  public void backwardWeights(Work work) {
    conv.backwardWeights(activated, gradient, arena, dWeights);
    work.flops += layer.flops();
  }
}
