package dev.lanewise.benchmarks.peers.deeplearning4j;

import dev.lanewise.benchmarks.peers.NetworkProblem;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Steps of training: forward, backward, Adam. */
final class GraphTraining implements Task {
  private final ComputationGraph network;
  private final INDArray[] images;
  private final INDArray[] labels;

  GraphTraining(Work work) {
    network = GraphResNet50.build(work);
    images = new INDArray[] {GraphResNet50.images(work)};
    int[] classes = NetworkProblem.labels(work);
    float[][] oneHot = new float[classes.length][Work.CLASSES];
    for (int i = 0; i < classes.length; i++) {
      oneHot[i][classes[i]] = 1;
    }
    labels = new INDArray[] {Nd4j.create(oneHot)};
    run();
    double first = network.score();
    for (int i = 1; i < NetworkProblem.STEPS; i++) {
      run();
    }
    NetworkProblem.checkLosses(first, network.score());
  }

  @Override
  public void run() {
    network.fit(images, labels);
  }

  @Override
  public void close() {
    network.close();
  }
}
