package dev.lanewise.benchmarks;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.network.ResNet50Network;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.Sgd;
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

/** One step of training ResNet50, 6 classes: forward, backward and Adam. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 8)
@Measurement(iterations = 10, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.VECTOR, Jvm.G1, Jvm.REGION})
@State(Scope.Benchmark)
public class TrainingStepBenchmark {
  private static final int CLASSES = 6;

  /** The part of the loss that the check's step takes off. */
  private static final double DESCENT = 1e-3;

  /** The part of the check's step that the loss's curvature may cost. */
  private static final double CURVATURE = 0.1;

  /** How many images of which size. */
  @Param({"N32_64", "N8_224"})
  public Workload workload;

  /** Threads that work. */
  @Param({"1", "2"})
  public int threads;

  private WorkerPool pool;
  private Network network;
  private Optimizer optimizer;
  private int[] labels;

  /** Made by JMH. */
  public TrainingStepBenchmark() {}

  /** Builds the network, and checks its gradient. */
  @Setup
  public void setUp() {
    pool = new WorkerPool(threads);
    int size = workload.size();
    int batch = workload.batch();
    network = new ResNet50Network(new NetworkOptions(size, size, CLASSES, 1, null, pool));
    optimizer = new Adam(1e-3);
    labels = new int[batch];
    SplittableRandom random = new SplittableRandom(1);
    Tensor images = network.trainingInput(batch);
    for (int i = 0; i < images.shape().size(); i++) {
      images.data()[images.offset() + i] = random.nextInt(256) / 255f;
    }
    for (int i = 0; i < batch; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    check();
  }

  /**
   * Goes a short way against the gradient: the loss must fall by the rate times the gradient's
   * squared length, to first order.
   */
  private void check() {
    double before = network.forwardBackward(labels);
    double squares = 0;
    for (Parameter parameter : network.parameters()) {
      if (parameter.trainable()) {
        for (float g : parameter.gradient()) {
          squares += (double) g * g;
        }
      }
    }
    double wanted = DESCENT * before;
    network.update(new Sgd(wanted / squares));
    double fallen = before - network.forwardBackward(labels);
    if (!(Math.abs(fallen - wanted) < CURVATURE * wanted)) {
      throw new IllegalStateException(
          "the loss " + before + " must fall by " + wanted + ", but fell by " + fallen);
    }
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** The step. */
  @Benchmark
  public double step(Images images, Flops work) {
    images.images += workload.batch();
    work.flops += workload.trainingFlops();
    double loss = network.forwardBackward(labels);
    network.update(optimizer);
    return loss;
  }
}
