package dev.lanewise.benchmarks.peers.deeplearning4j;

import dev.lanewise.benchmarks.peers.NetworkProblem;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Probabilities of a batch. */
final class GraphInference implements Task {
  private final ComputationGraph network;
  private final INDArray images;
  private float[] probabilities;

  GraphInference(Work work) {
    network = GraphResNet50.build(work);
    images = GraphResNet50.images(work);
    run();
    NetworkProblem.checkProbabilities(work, probabilities);
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
