package dev.lanewise.benchmarks;

import dev.lanewise.model.network.ResNet50Network;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
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

/** One step of training ResNet50: forward, backward and Adam, on 32 images of 64x64, 6 classes. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 10)
@Measurement(iterations = 5, time = 5)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.VECTOR, Jvm.G1, Jvm.REGION})
@State(Scope.Benchmark)
public class TrainingStepBenchmark {
  private static final int CLASSES = 6;

  /** Images in the batch. */
  @Param("32")
  public int batch;

  /** Rows and columns of the images. */
  @Param("64")
  public int size;

  private WorkerPool pool;
  private Network network;
  private Optimizer optimizer;
  private int[] labels;

  /** Made by JMH. */
  public TrainingStepBenchmark() {}

  /** Builds the network, and checks that its loss is a loss. */
  @Setup
  public void setUp() {
    pool = new WorkerPool();
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
    double loss = network.forwardBackward(labels);
    if (!(loss > 0 && loss < 100)) {
      throw new IllegalStateException("the first loss is " + loss);
    }
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** The step. */
  @Benchmark
  public double step() {
    double loss = network.forwardBackward(labels);
    network.update(optimizer);
    return loss;
  }
}
