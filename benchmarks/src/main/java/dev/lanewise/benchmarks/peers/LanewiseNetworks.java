package dev.lanewise.benchmarks.peers;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.network.ResNet50Network;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;

/** Training and inference of Lanewise's ResNet50. */
final class LanewiseNetworks {
  private LanewiseNetworks() {}

  static Task training(Workload workload, WorkerPool pool) {
    Network network = build(workload, pool);
    fill(network.trainingInput(workload.images()), workload);
    int[] labels = Images.labels(workload);
    Optimizer optimizer = new Adam(1e-3);
    Images.checkParameters(workload, trainable(network));
    double first = step(network, labels, optimizer);
    double last = first;
    for (int i = 1; i < Images.STEPS; i++) {
      last = step(network, labels, optimizer);
    }
    Images.checkLosses(first, last);
    return new Task() {
      @Override
      public void run() {
        step(network, labels, optimizer);
      }

      @Override
      public void close() {}
    };
  }

  private static double step(Network network, int[] labels, Optimizer optimizer) {
    double loss = network.forwardBackward(labels);
    network.update(optimizer);
    return loss;
  }

  static Task inference(Workload workload, WorkerPool pool) {
    Network network = build(workload, pool);
    fill(network.inferenceInput(workload.images()), workload);
    Images.checkParameters(workload, trainable(network));
    Images.checkProbabilities(workload, network.infer().toArray());
    return new Task() {
      @Override
      public void run() {
        network.infer();
      }

      @Override
      public void close() {}
    };
  }

  private static Network build(Workload workload, WorkerPool pool) {
    int size = workload.size();
    return new ResNet50Network(new NetworkOptions(size, size, Workload.CLASSES, 1, null, pool));
  }

  private static void fill(Tensor input, Workload workload) {
    float[] pixels = Images.pixels(workload);
    System.arraycopy(pixels, 0, input.data(), input.offset(), pixels.length);
  }

  private static long trainable(Network network) {
    return network.parameters().stream()
        .filter(Parameter::trainable)
        .mapToLong(Parameter::size)
        .sum();
  }
}
