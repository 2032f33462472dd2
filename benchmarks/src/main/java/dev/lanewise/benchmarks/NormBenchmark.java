package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Pointwise;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.kernel.norm.InputGradientFormation;
import dev.lanewise.kernel.norm.JoinKernel;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.kernel.norm.StatisticsEpilogue;
import dev.lanewise.kernel.norm.UnitGradientEpilogue;
import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.spec.Activation;
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
 * What is left of batch normalisation as passes of its own, on the outputs of each stage's last 1x1
 * convolution: the joins, the gradient of a convolution's output that is formed from the
 * normalisation's, and the merging of the chunks' statistics.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.VECTOR, Jvm.G1, Jvm.REGION})
@State(Scope.Benchmark)
public class NormBenchmark {
  private static final double TOLERANCE = 1e-4;
  private static final int CHECKED = 1000;
  private static final int CHANNELS = 20;

  /** The convolution before the normalisation. */
  @Param({"RES2A_BRANCH2C", "RES3A_BRANCH2C", "RES4A_BRANCH2C", "RES5A_BRANCH2C"})
  public ConvLayer layer;

  /** How many images of which size. */
  @Param("N32_64")
  public ImageBatch workload;

  private WorkerPool pool;
  private Scratch scratch;
  private Tensor y;
  private Tensor shortcut;
  private Tensor out;
  private NormState norm;
  private NormState backward;
  private InputGradientFormation inputGradient;
  private JoinKernel identity;
  private JoinKernel projection;
  private float[] ones;
  private float[] zeros;
  private float[] variance;

  /** Made by JMH. */
  public NormBenchmark() {}

  /** Fills the operands, makes statistics, and compares each pass with scalar code. */
  @Setup
  public void setUp() {
    pool = new WorkerPool();
    scratch = new Scratch(pool);
    Shape in = layer.input(workload);
    Shape shape = layer.output(workload);
    int channels = shape.c();
    ConvKernel conv = new ConvKernel(scratch, layer.window(), in.c(), channels);
    int size = conv.weights().size();
    ArenaPlan plan = ArenaPlan.over(Arena.allocate(in.size() + 3 * shape.size() + size + 128));
    Tensor x = plan.acquire(in);
    Tensor packed = plan.acquire(new Shape(1, 1, 1, size));
    Weights weights = new Weights(packed.data(), packed.offset());
    y = plan.acquire(shape);
    shortcut = plan.acquire(shape);
    out = plan.acquire(shape);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = (float) random.nextDouble(-1, 1);
    }
    ones = new float[channels];
    Arrays.fill(ones, 1f);
    zeros = new float[channels];
    variance = new float[channels];
    norm = new NormState(channels);
    NormState shortcutNorm = Norms.standard(channels);
    backward = new NormState(channels);
    inputGradient = new InputGradientFormation(scratch, backward);
    for (NormState each : new NormState[] {norm, backward}) {
      conv.forward(Operand.of(x), weights, y, null, new StatisticsEpilogue(each));
      each.finishStatistics(ones, 0, zeros, 0, Norms.EPSILON, variance);
    }
    Pointwise relu = PointwiseFunctions.of(Activation.RELU);
    identity = new JoinKernel(scratch, norm, y, null, null, shortcut, relu, out);
    projection = new JoinKernel(scratch, norm, y, null, shortcutNorm, shortcut, relu, out);
    check(random);
  }

  private void check(SplittableRandom random) {
    for (int i = 0; i < CHANNELS; i++) {
      checkStatistics(random.nextInt(ones.length));
    }
    identity.forward();
    checkJoin("identity", 1, random);
    projection.forward();
    checkJoin("projection", 1 / Math.sqrt(1 + Norms.EPSILON), random);
    makeGradient();
    checkInputGradient(random);
  }

  /** Copies the shortcut into out, as a gradient of bn(y), and adds up its sums. */
  private void makeGradient() {
    PoolKernel copy = new PoolKernel(scratch, false);
    Window pixel = Window.valid(1, 1, 1, 1);
    copy.backward(
        pixel,
        shortcut,
        null,
        out,
        new UnitGradientEpilogue(backward, y, PointwiseFunctions.of(Activation.NONE)));
    backward.finishGradients(new float[ones.length], 0, new float[ones.length], 0);
  }

  private void checkJoin(String what, double shortcutScale, SplittableRandom random) {
    for (int i = 0; i < CHECKED; i++) {
      int at = random.nextInt(y.shape().size());
      int c = at % ones.length;
      double z = xhat(y.data()[y.offset() + at], c, 1 / Math.sqrt(variance[c] + Norms.EPSILON));
      double s = shortcut.data()[shortcut.offset() + at];
      double wanted = Math.max(0, z + s * shortcutScale);
      Check.near(what, wanted, out.data()[out.offset() + at], TOLERANCE);
    }
  }

  private void checkInputGradient(SplittableRandom random) {
    float[] dz = out.toArray();
    float[] yBefore = y.toArray();
    inputGradient.run(out, y);
    int channels = ones.length;
    int pixels = y.shape().pixels();
    for (int i = 0; i < CHANNELS; i++) {
      int c = random.nextInt(channels);
      double inv = 1 / Math.sqrt(variance[c] + Norms.EPSILON);
      double dBeta = 0;
      double dGamma = 0;
      for (int at = c; at < dz.length; at += channels) {
        dBeta += dz[at];
        dGamma += dz[at] * xhat(yBefore[at], c, inv);
      }
      int at = random.nextInt(pixels) * channels + c;
      double wanted = inv * (dz[at] - dBeta / pixels - xhat(yBefore[at], c, inv) * dGamma / pixels);
      Check.near("gradient", wanted, y.data()[y.offset() + at], TOLERANCE);
    }
  }

  private double xhat(float value, int channel, double inv) {
    return (value - norm.mean(channel)) * inv;
  }

  private void checkStatistics(int c) {
    double sum = 0;
    double squares = 0;
    int pixels = y.shape().pixels();
    for (int pixel = 0; pixel < pixels; pixel++) {
      double v = y.data()[y.offset() + pixel * ones.length + c];
      sum += v;
      squares += v * v;
    }
    double mean = sum / pixels;
    Check.near("mean", mean, norm.mean(c), TOLERANCE);
    Check.near("variance", squares / pixels - mean * mean, variance[c], TOLERANCE * variance[c]);
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  private void count(Bytes work, int tensors) {
    work.bytes += (long) Float.BYTES * tensors * y.shape().size();
  }

  /** bn + x -> relu. */
  @Benchmark
  public void joinIdentity(Bytes work) {
    identity.forward();
    count(work, 3);
  }

  /** bn + bn1 -> relu. */
  @Benchmark
  public void joinProjection(Bytes work) {
    projection.forward();
    count(work, 3);
  }

  /** bn backward: the gradient of y, over y, from that of bn(y). */
  @Benchmark
  public void inputGradient(Bytes work) {
    inputGradient.run(out, y);
    count(work, 3);
  }

  /** The chunks' statistics into mean and variance, scale and shift. */
  @Benchmark
  public void mergeStatistics() {
    norm.finishStatistics(ones, 0, zeros, 0, Norms.EPSILON, variance);
  }
}
