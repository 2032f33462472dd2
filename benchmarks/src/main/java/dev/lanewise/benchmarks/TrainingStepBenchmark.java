package dev.lanewise.benchmarks;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.network.ResNet50Network;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
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

  /** The part of the loss by which the check changes it. */
  private static final double CHANGE = 2e-3;

  /** What rounding and curvature may take or add, as a part of the change. */
  private static final double TOLERANCE = 0.1;

  /** How many images of which size. */
  @Param({"N32_64", "N8_224"})
  public ImageBatch workload;

  /** Threads that work. */
  @Param({"1", "2"})
  public int threads;

  private WorkerPool pool;
  private Network network;
  private TrainingPass pass;
  private Optimizer optimizer;
  private int[] labels;
  private long flops;

  /** Made by JMH. */
  public TrainingStepBenchmark() {}

  /** Builds the network, and checks its gradient. */
  @Setup
  public void setUp() {
    pool = new WorkerPool(threads);
    int size = workload.size();
    int batch = workload.images();
    network = new ResNet50Network(new NetworkOptions(size, size, CLASSES, 1, null, pool));
    optimizer = new Adam(1e-3);
    flops = workload.trainingFlops();
    labels = new int[batch];
    SplittableRandom random = new SplittableRandom(1);
    pass = network.trainingPass(batch);
    Tensor images = pass.input();
    for (int i = 0; i < images.shape().size(); i++) {
      images.data()[images.offset() + i] = random.nextInt(256) / 255f;
    }
    for (int i = 0; i < batch; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    check();
  }

  /**
   * Goes a short way along the gradient and against it: by the central difference the loss must
   * change by the way's length times the gradient's.
   */
  private void check() {
    double loss = pass.forwardBackward(labels);
    List<Parameter> trained = network.parameters().stream().filter(Parameter::trainable).toList();
    double squares = 0;
    for (Parameter parameter : trained) {
      for (float g : pass.gradient(parameter)) {
        squares += (double) g * g;
      }
    }
    double wanted = CHANGE * loss;
    double way = wanted / squares;
    move(trained, way);
    double above = loss();
    move(trained, -2 * way);
    double got = (above - loss()) / 2;
    move(trained, way);
    if (!(Math.abs(got - wanted) < TOLERANCE * wanted)) {
      throw new IllegalStateException(
          "the loss " + loss + " must change by " + wanted + ", but changed by " + got);
    }
  }

  private void move(List<Parameter> parameters, double way) {
    for (Parameter parameter : parameters) {
      float[] values = parameter.values();
      float[] gradient = pass.gradient(parameter);
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (way * gradient[i]);
      }
      parameter.setValues(values);
    }
  }

  /** The loss of the training input, without new gradients. */
  private double loss() {
    pass.forward(true);
    float[] probabilities = pass.outputs().toArray();
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum -= Math.log(probabilities[i * CLASSES + labels[i]]);
    }
    return sum / labels.length;
  }

  /** Ends the threads. */
  @TearDown
  public void tearDown() {
    pool.close();
  }

  /** The step. */
  @Benchmark
  public double step(Images images, Flops work) {
    images.images += workload.images();
    work.flops += flops;
    double loss = pass.forwardBackward(labels);
    pass.update(optimizer);
    return loss;
  }
}
