package dev.lanewise.benchmarks.special;

import dev.lanewise.benchmarks.ConvLayer;
import dev.lanewise.benchmarks.Flops;
import dev.lanewise.benchmarks.ImageBatch;
import dev.lanewise.benchmarks.Jvm;
import dev.lanewise.kernel.TaskSizes;
import dev.lanewise.kernel.gemm.Gemm;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What code made for one shape would gain over code for all shapes: the product that a kernel task
 * does once its operands are packed, on one thread, with the shape's numbers from arguments or as
 * literals of a class compiled for them.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.VECTOR, Jvm.G1, Jvm.REGION})
@State(Scope.Benchmark)
public class SpecialisationBenchmark {
  /** As the kernels cut their work. */
  private static final int ROWS = TaskSizes.CHUNK_ROWS;

  private static final int A_ROW = Gemm.PANEL_STRIDE;
  private static final int COLUMNS = Gemm.KEPT_PANELS * ProductSource.NR;

  private static final int CHECKED = 300;

  /** Which numbers are literals. */
  public enum Literals {
    /** None: all are arguments, as in the kernels. */
    NONE,
    /** How far to go: rows, panels, depth. */
    EXTENTS,
    /** How far apart values lie. */
    STRIDES,
    /** All. */
    ALL
  }

  /** Which convolution. */
  @Param({"RES2A_BRANCH2B", "RES2A_BRANCH2C", "RES3B_BRANCH2A", "RES5B_BRANCH2A"})
  public ConvLayer layer;

  /** Which numbers are literals; by default each choice. */
  @Param public Literals literals;

  private Product product;
  private float[] data;
  private int a;
  private int b;
  private int c;
  private int panels;
  private int terms;
  private int blocks;

  /** Made by JMH. */
  public SpecialisationBenchmark() {}

  /**
   * Compiles the product, and compares it with plain loops.
   *
   * @throws ReflectiveOperationException where it cannot be loaded
   */
  @Setup
  public void setUp() throws ReflectiveOperationException {
    int depth = layer.window().kh() * layer.window().kw() * layer.input(ImageBatch.N32_64).c();
    int columns = Math.min(COLUMNS, layer.output(ImageBatch.N32_64).c());
    panels = columns / ProductSource.NR;
    terms = Math.min(depth, Gemm.DEPTH);
    blocks = depth / terms;
    allocate();
    product =
        ProductCompiler.compile("ProductOfShape", ProductSource.of("ProductOfShape", constants()));
    check();
  }

  private void allocate() {
    Shape left = new Shape(1, blocks, ROWS, A_ROW);
    Shape right = new Shape(1, panels, blocks * terms, ProductSource.NR);
    Shape result = new Shape(1, panels, ROWS, ProductSource.NR);
    data = Arena.allocate(left.size() + right.size() + result.size() + 64);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextDouble(-1, 1);
    }
    ArenaPlan plan = ArenaPlan.over(data);
    a = plan.acquire(left).offset();
    b = plan.acquire(right).offset();
    c = plan.acquire(result).offset();
  }

  private Map<String, Integer> constants() {
    Map<String, Integer> constants = new HashMap<>();
    if (literals == Literals.EXTENTS || literals == Literals.ALL) {
      constants.put("rows", ROWS);
      constants.put("panels", panels);
      constants.put("terms", terms);
      constants.put("blocks", blocks);
    }
    if (literals == Literals.STRIDES || literals == Literals.ALL) {
      constants.put("aRow", A_ROW);
      constants.put("aStep", 1);
      constants.put("bStep", ProductSource.NR);
    }
    return constants;
  }

  private void check() {
    run();
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < CHECKED; i++) {
      int row = random.nextInt(ROWS);
      int panel = random.nextInt(panels);
      int column = random.nextInt(ProductSource.NR);
      double wanted = 0;
      for (int s = 0; s < blocks; s++) {
        for (int k = 0; k < terms; k++) {
          int at = b + ((panel * blocks + s) * terms + k) * ProductSource.NR + column;
          wanted += (double) data[a + (s * ROWS + row) * A_ROW + k] * data[at];
        }
      }
      float got = data[c + (panel * ROWS + row) * ProductSource.NR + column];
      if (!(Math.abs(got - wanted) < 1e-4)) {
        throw new IllegalStateException(layer + ": wanted " + wanted + ", got " + got);
      }
    }
  }

  private void run() {
    int nr = ProductSource.NR;
    product.run(data, a, A_ROW, 1, data, b, nr, data, c, ROWS, panels, terms, blocks);
  }

  /** The product of one task. */
  @Benchmark
  public void task(Flops work) {
    run();
    work.flops += 2L * ROWS * panels * ProductSource.NR * terms * blocks;
  }
}
