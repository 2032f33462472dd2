package dev.lanewise.benchmarks.peers;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.network.ResNet50Network;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;

/** Training and inference of Lanewise's ResNet50. */
final class LanewiseNetworks {
  private LanewiseNetworks() {}

  static Task training(Work work, WorkerPool pool) {
    Network network = build(work, pool);
    TrainingPass pass = network.trainingPass(work.images());
    fill(pass.input(), work);
    int[] labels = NetworkProblem.labels(work);
    Optimizer optimizer = new Adam(1e-3);
    NetworkProblem.checkParameters(work, trainable(network));
    double first = step(pass, labels, optimizer);
    double last = first;
    for (int i = 1; i < NetworkProblem.STEPS; i++) {
      last = step(pass, labels, optimizer);
    }
    NetworkProblem.checkLosses(first, last);
    return new Task() {
      @Override
      public void run() {
        step(pass, labels, optimizer);
      }

      @Override
      public void close() {}
    };
  }

  private static double step(TrainingPass pass, int[] labels, Optimizer optimizer) {
    double loss = pass.forwardBackward(labels);
    pass.update(optimizer);
    return loss;
  }

  static Task inference(Work work, WorkerPool pool) {
    Network network = build(work, pool);
    InferencePass pass = network.inferencePass(work.images());
    fill(pass.input(), work);
    NetworkProblem.checkParameters(work, trainable(network));
    NetworkProblem.checkProbabilities(work, pass.infer().toArray());
    return new Task() {
      @Override
      public void run() {
        pass.infer();
      }

      @Override
      public void close() {}
    };
  }

  private static Network build(Work work, WorkerPool pool) {
    int size = work.size();
    return new ResNet50Network(new NetworkOptions(size, size, Work.CLASSES, 1, null, pool));
  }

  private static void fill(Tensor input, Work work) {
    float[] pixels = NetworkProblem.pixels(work);
    System.arraycopy(pixels, 0, input.data(), input.offset(), pixels.length);
  }

  private static long trainable(Network network) {
    return network.parameters().stream()
        .filter(Parameter::trainable)
        .mapToLong(Parameter::size)
        .sum();
  }
}
