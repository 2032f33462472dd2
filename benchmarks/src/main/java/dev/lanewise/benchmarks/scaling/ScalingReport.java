package dev.lanewise.benchmarks.scaling;

import dev.lanewise.benchmarks.ConvLayer;
import dev.lanewise.benchmarks.ImageBatch;
import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.model.network.ResNet50Network;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Tells how far ResNet50's work can be shared out. Each convolution, in its three roles, and whole
 * training steps run on one thread, every part of every parallel region being timed; then the parts
 * are handed to 2, 16 and 64 threads as the pool would, on paper: each thread takes the next part
 * as soon as it is free. What this leaves out is that threads share memory and caches.
 */
public final class ScalingReport {
  /** One thread is what the others are compared with. */
  private static final int[] THREADS = {1, 2, 16, 64};

  /** Number of the role that the first layer lacks. */
  private static final int INPUT_GRADIENT = 1;

  /** What starting a region on threads that spin costs, in nanoseconds. */
  private static final long START = 2_000;

  private static final int WARM_UPS = 15;
  private static final int RUNS = 9;
  private static final int CLASSES = 6;

  private final PrintStream out;

  private ScalingReport(PrintStream out) {
    this.out = out;
  }

  /** Prints the tables of 64x64 images in batches of 32, and the whole step's at 224x224 too. */
  public static void main(String[] arguments) {
    ScalingReport report =
        new ScalingReport(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    report.layers(ImageBatch.N32_64);
    report.step(ImageBatch.N32_64);
    report.step(ImageBatch.N8_224);
  }

  private void layers(ImageBatch workload) {
    out.printf("Parts of each region, and speed-up on %s threads (%s)%n%n", list(), workload);
    out.println("| layer | forward | gradient of the input | gradient of the weights |");
    out.println("| --- | --- | --- | --- |");
    double[] all = new double[THREADS.length];
    for (ConvLayer layer : ConvLayer.values()) {
      layer(layer, workload, all);
    }
    out.printf("%nAll convolutions of a step: %s%n%n", ratios(all));
  }

  private void layer(ConvLayer layer, ImageBatch workload, double[] all) {
    String[] parts = {"", "", ""};
    double[][] times = new double[parts.length][THREADS.length];
    for (int i = 0; i < THREADS.length; i++) {
      Trace[] roles = roles(layer, workload, THREADS[i]);
      for (int role = 0; role < roles.length; role++) {
        times[role][i] = roles[role].onThreads(THREADS[i], START);
        parts[role] = roles[role].parts();
        boolean needed = role != INPUT_GRADIENT || layer != ConvLayer.CONV1;
        all[i] += needed ? layer.count() * times[role][i] : 0;
      }
    }
    out.printf("| %s |", layer);
    for (int role = 0; role < parts.length; role++) {
      out.printf(" %s: %s |", parts[role], ratios(times[role]));
    }
    out.println();
  }

  /** Returns what forward, gradient of the input and gradient of the weights do. */
  private static Trace[] roles(ConvLayer layer, ImageBatch workload, int threads) {
    try (TracingPool pool = new TracingPool(threads)) {
      Shape in = layer.input(workload);
      Shape after = layer.output(workload);
      ConvKernel conv = new ConvKernel(new Scratch(pool), layer.window(), in.c(), after.c());
      Shape packed = new Shape(1, 1, 1, conv.weights().size());
      int floats = 2 * (in.size() + after.size() + packed.size()) + 128;
      float[] arena = Arena.allocate(floats);
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < arena.length; i++) {
        arena[i] = (float) random.nextDouble(-1, 1);
      }
      ArenaPlan plan = ArenaPlan.over(arena);
      Tensor x = plan.acquire(in);
      Tensor dx = plan.acquire(in);
      Tensor y = plan.acquire(after);
      Tensor dy = plan.acquire(after);
      Weights w = new Weights(arena, plan.acquire(packed).offset());
      int dw = plan.acquire(packed).offset();
      Operand src = Operand.of(x);
      Operand dDst = Operand.of(dy);
      Epilogue store = Epilogue.store();
      return new Trace[] {
        trace(pool, () -> conv.forward(src, w, y, null, store)),
        trace(pool, () -> conv.backwardData(dDst, w, dx, null, store)),
        trace(pool, () -> conv.backwardWeights(src, dDst, arena, dw))
      };
    }
  }

  private static Trace trace(TracingPool pool, Runnable work) {
    return Trace.of(pool, WARM_UPS, RUNS, work);
  }

  private void step(ImageBatch workload) {
    double[] times = new double[THREADS.length];
    Trace one = step(workload, 1);
    long alone = one.regions().stream().mapToLong(Region::before).sum();
    times[0] = one.onThreads(1, START);
    for (int i = 1; i < THREADS.length; i++) {
      times[i] = step(workload, THREADS[i]).onThreads(THREADS[i], START);
    }
    out.printf(
        Locale.ROOT,
        "Training step, %s: %d regions, %.1f %% of one thread's time outside of them; %s%n",
        workload,
        one.regions().size(),
        100 * alone / times[0],
        ratios(times));
  }

  private static Trace step(ImageBatch workload, int threads) {
    try (TracingPool pool = new TracingPool(threads)) {
      int size = workload.size();
      Network network = new ResNet50Network(new NetworkOptions(size, size, CLASSES, 1, null, pool));
      TrainingPass pass = network.trainingPass(workload.images());
      Tensor images = pass.input();
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < images.shape().size(); i++) {
        images.data()[images.offset() + i] = random.nextFloat();
      }
      int[] labels = random.ints(workload.images(), 0, CLASSES).toArray();
      Optimizer adam = new Adam(1e-4);
      return trace(
          pool,
          () -> {
            pass.forwardBackward(labels);
            pass.update(adam);
          });
    }
  }

  private static String list() {
    return String.join(", ", Arrays.stream(THREADS).skip(1).mapToObj(Integer::toString).toList());
  }

  private static String ratios(double[] all) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < all.length; i++) {
      text.append(i == 1 ? "" : ", ").append(String.format(Locale.ROOT, "%.1fx", all[0] / all[i]));
    }
    return text.toString();
  }
}
