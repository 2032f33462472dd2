package dev.lanewise.benchmarks.peers.deeplearning4j;

import dev.lanewise.benchmarks.peers.Images;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Workload;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Probabilities of a batch. */
final class GraphInference implements Task {
  private final ComputationGraph network;
  private final INDArray images;
  private float[] probabilities;

  GraphInference(Workload workload) {
    network = GraphResNet50.build(workload);
    images = GraphResNet50.images(workload);
    run();
    Images.checkProbabilities(workload, probabilities);
  }

  @Override
  public void run() {
    probabilities = network.outputSingle(false, images).ravel().toFloatVector();
  }

  @Override
  public void close() {
    network.close();
  }
}
