package dev.lanewise.benchmarks.block;

import dev.lanewise.benchmarks.Flops;
import dev.lanewise.benchmarks.ImageBatch;
import dev.lanewise.benchmarks.Jvm;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.model.network.ResNet50Network;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
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
 * Each distinct block of ResNet50 in training: as generated, as interpreted by one class for all
 * blocks, and unfused with the same convolutions.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.VECTOR, Jvm.G1, Jvm.REGION})
@State(Scope.Benchmark)
public class BlockBenchmark {
  /** As ResNet50's spec has them. */
  private static final double MOMENTUM = 0.99;

  private static final double EPSILON = 1e-3;

  /** Allowed length of the outputs' difference, as a part of the outputs' length. */
  private static final double TOLERANCE = 2e-3;

  /**
   * The same for gradients: where an activation is zero but for rounding, ReLU may pass a value's
   * gradient in one form and not in the other. One of the 262144 values of block 3b's unit 2b makes
   * a difference of 2e-3.
   */
  private static final double GRADIENT_TOLERANCE = 1e-2;

  /** How a block is run. */
  public enum Form {
    /** The class that the annotation processor wrote. */
    GENERATED,
    /** The same fused calls from loops over a list of units. */
    INTERPRETED,
    /** One pass over memory for each operation. */
    UNFUSED
  }

  /** The block; by default each. */
  @Param public ResNetBlock block;

  /** How it is run; by default each way. */
  @Param public Form form;

  /** How many images of which size. */
  @Param("N32_64")
  public ImageBatch workload;

  private final SplittableRandom random = new SplittableRandom(1);
  private WorkerPool pool;
  private Scratch scratch;
  private Network network;
  private BlockParameters parameters;
  private Tensor x;
  private Tensor dOut;
  private BlockForm timed;
  private long flops;

  /** Made by JMH. */
  public BlockBenchmark() {}

  /** Makes the block in the chosen form, and compares it with another form. */
  @Setup
  public void setUp() {
    pool = new WorkerPool();
    scratch = new Scratch(pool);
    int size = workload.size();
    network = new ResNet50Network(new NetworkOptions(size, size, 6, 1, null, pool));
    parameters = new BlockParameters(network.parameters(), network.newParameterArray());
    Shape in = block.input(workload);
    Shape out = block.output(workload);
    ArenaPlan plan =
        ArenaPlan.over(Arena.allocate(Arena.aligned(in.size()) + Arena.aligned(out.size())));
    x = plan.acquire(in);
    dOut = plan.acquire(out);
    for (int i = 0; i < in.size(); i++) {
      x.data()[x.offset() + i] = (float) Math.max(0, random.nextGaussian());
    }
    for (int i = 0; i < out.size(); i++) {
      dOut.data()[dOut.offset() + i] = (float) random.nextGaussian();
    }
    flops = block.flops(workload);
    timed = make(form);
    compare(timed, make(form == Form.UNFUSED ? Form.GENERATED : Form.UNFUSED));
  }

  private BlockForm make(Form form) {
    if (form == Form.GENERATED) {
      return new FusedForm(network.blocks().get(block.index()), parameters, scratch, x, dOut);
    }
    if (form == Form.UNFUSED) {
      return new UnfusedForm(block, parameters, scratch, EPSILON, x, dOut);
    }
    InterpretedBlock interpreted = new InterpretedBlock(block, MOMENTUM, EPSILON);
    BlockParameters own = interpreted.parameters();
    own.copyFrom(parameters);
    return new FusedForm(interpreted, own, scratch, x, dOut);
  }

  private void compare(BlockForm a, BlockForm b) {
    compare("output", a.forward().toArray(), b.forward().toArray(), TOLERANCE);
    compareGradients("gradient of the input", a.backward().toArray(), b.backward().toArray());
    for (ResNetBlock.Unit unit : block.path()) {
      compare(unit, a, b);
    }
    if (block.projection() != null) {
      compare(block.projection(), a, b);
    }
  }

  private void compare(ResNetBlock.Unit unit, BlockForm a, BlockForm b) {
    for (String name : new String[] {"gamma", "beta"}) {
      compareGradients(
          unit.bn() + " " + name, a.gradient(unit.bn(), name), b.gradient(unit.bn(), name));
    }
    compareGradients(
        unit.conv(), a.gradient(unit.conv(), "kernel"), b.gradient(unit.conv(), "kernel"));
  }

  private void compareGradients(String what, float[] got, float[] wanted) {
    compare(what, got, wanted, GRADIENT_TOLERANCE);
  }

  private void compare(String what, float[] got, float[] wanted, double tolerance) {
    double squares = 0;
    double difference = got.length == wanted.length ? 0 : Double.NaN;
    for (int i = 0; i < wanted.length; i++) {
      squares += (double) wanted[i] * wanted[i];
      difference += Math.pow((double) got[i] - wanted[i], 2);
    }
    if (!(squares > 0 && Math.sqrt(difference / squares) <= tolerance)) {
      throw new IllegalStateException(
          block + " " + form + ", " + what + ": differs by " + Math.sqrt(difference / squares));
    }
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** The forward pass. */
  @Benchmark
  public Tensor forward(Flops work) {
    work.flops += flops;
    return timed.forward();
  }

  /** The forward and the backward pass. */
  @Benchmark
  public Tensor forwardBackward(Flops work) {
    work.flops += 3 * flops;
    timed.forward();
    return timed.backward();
  }
}
