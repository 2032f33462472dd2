package dev.lanewise.benchmarks;

import dev.lanewise.model.network.ResNet50Network;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.parallel.WorkerPool;
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

/** Probabilities of a batch by ResNet50 with folded normalisation. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.VECTOR, Jvm.G1, Jvm.REGION})
@State(Scope.Benchmark)
public class InferenceBenchmark {
  /** How many images of which size. */
  @Param public ImageBatch workload;

  private WorkerPool pool;
  private InferencePass pass;
  private long flops;

  /** Made by JMH. */
  public InferenceBenchmark() {}

  /** Builds the network, and checks that folding changes nothing. */
  @Setup
  public void setUp() {
    pool = new WorkerPool();
    flops = workload.forwardFlops();
    int size = workload.size();
    int batch = workload.images();
    Network network = new ResNet50Network(new NetworkOptions(size, size, 6, 1, null, pool));
    TrainingPass unfolded = network.trainingPass(batch);
    fill(unfolded.input());
    unfolded.forward(false);
    float[] wanted = unfolded.outputs().toArray();
    pass = network.inferencePass(batch);
    fill(pass.input());
    float[] got = pass.infer().toArray();
    for (int i = 0; i < got.length; i++) {
      if (Math.abs(got[i] - wanted[i]) > 1e-4) {
        throw new IllegalStateException("wanted probability " + wanted[i] + ", got " + got[i]);
      }
    }
  }

  private static void fill(Tensor images) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < images.shape().size(); i++) {
      images.data()[images.offset() + i] = random.nextInt(256) / 255f;
    }
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** The pass. */
  @Benchmark
  public Tensor infer(Images images, Flops work) {
    images.images += workload.images();
    work.flops += flops;
    return pass.infer();
  }
}
