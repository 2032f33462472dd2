package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Pointwise;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.kernel.norm.ActivatedOperand;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.kernel.norm.StatisticsEpilogue;
import dev.lanewise.kernel.norm.UnitGradientEpilogue;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
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
 * and ReLU on the way in, sums on the way out. The gradient of the output is read as it is, since
 * training forms it once, in a pass of its own that {@link NormBenchmark} measures.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.VECTOR, Jvm.G1, Jvm.REGION})
@State(Scope.Benchmark)
public class ConvBenchmark {
  /** The layer; by default each. */
  @Param public ConvLayer layer;

  /** How many images of which size. */
  @Param({"N32_64", "N8_224"})
  public ImageBatch workload;

  private WorkerPool pool;
  private ConvKernel conv;
  private float[] arena;
  private Tensor x;
  private Tensor y;
  private Tensor dx;
  private Tensor dy;
  private Weights weights;
  private int dWeights;
  private Operand activated;
  private Operand gradient;
  private Epilogue statistics;
  private Epilogue sums;
  private long flops;

  /** Made by JMH. */
  public ConvBenchmark() {}

  /** Fills the operands, and checks all three roles against plain loops. */
  @Setup
  public void setUp() {
    pool = new WorkerPool();
    Shape in = layer.input(workload);
    Shape out = layer.output(workload);
    flops = layer.flops(workload);
    conv = new ConvKernel(new Scratch(pool), layer.window(), in.c(), out.c());
    Shape packed = new Shape(1, 1, 1, conv.weights().size());
    int floats = 2 * (in.size() + out.size() + packed.size()) + 128;
    arena = Arena.allocate(floats);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < arena.length; i++) {
      arena[i] = (float) random.nextDouble(-1, 1);
    }
    ArenaPlan plan = ArenaPlan.over(arena);
    x = plan.acquire(in);
    dx = plan.acquire(in);
    y = plan.acquire(out);
    dy = plan.acquire(out);
    weights = new Weights(arena, plan.acquire(packed).offset());
    dWeights = plan.acquire(packed).offset();
    new ConvCheck(layer.window(), x, dy, conv.weights().unpack(arena, weights.at()))
        .run(conv, weights, dWeights, y, dx);

    NormState before = Norms.standard(in.c());
    NormState after = Norms.standard(out.c());
    Pointwise relu = PointwiseFunctions.of(Activation.RELU);
    boolean first = layer == ConvLayer.CONV1;
    activated = first ? Operand.of(x) : new ActivatedOperand(x, before, relu);
    statistics = new StatisticsEpilogue(after);
    gradient = Operand.of(dy);
    sums = new UnitGradientEpilogue(before, x, relu);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** bn -> relu -> conv, and the next normalisation's statistics. */
  @Benchmark
  public void forward(Flops work) {
    conv.forward(activated, weights, y, null, statistics);
    work.flops += flops;
  }

  /** Gradient of the input, masked, and the sums of the normalisation below. */
  @Benchmark
  public void backwardData(Flops work) {
    conv.backwardData(gradient, weights, dx, null, sums);
    work.flops += flops;
  }

  /** Gradient of the weights. */
  @Benchmark
  public void backwardWeights(Flops work) {
    conv.backwardWeights(activated, gradient, arena, dWeights);
    work.flops += flops;
  }
}
