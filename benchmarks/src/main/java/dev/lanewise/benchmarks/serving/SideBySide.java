package dev.lanewise.benchmarks.serving;

import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.PassMemory;
import dev.lanewise.model.Model;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.Network;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Lanewise's other way: passes of one thread and one image each, over one copy of the weights. */
final class SideBySide implements Contender {
  private final Model model;
  private final List<WorkerPool> pools = new ArrayList<>();
  private final BlockingQueue<InferencePass> idle;

  SideBySide(Path file, int passes) {
    model = Model.loadForInference(file, 1);
    idle = new ArrayBlockingQueue<>(passes);
    Network network = model.network();
    FoldedWeights weights = network.foldForGood();
    for (int i = 0; i < passes; i++) {
      pools.add(new WorkerPool(1));
      idle.add(network.inferencePass(1, weights, new PassMemory(pools.getLast())));
    }
  }

  @Override
  public String name() {
    return "Lanewise, " + pools.size() + " passes of a thread";
  }

  @Override
  public float[] classify(float[] image) throws InterruptedException {
    InferencePass pass = idle.take();
    try {
      Tensor input = pass.input();
      System.arraycopy(image, 0, input.data(), input.offset(), image.length);
      return pass.infer().toArray();
    } finally {
      idle.add(pass);
    }
  }

  @Override
  public void close() {
    pools.forEach(WorkerPool::close);
    model.close();
  }
}
