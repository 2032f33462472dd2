package dev.lanewise.benchmarks.peers.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.lanewise.benchmarks.peers.NetworkProblem;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;

/** Probabilities of a batch, without gradients. */
final class DjlInference implements Task {
  private final NDManager manager = NDManager.newBaseManager();
  private final Block network = DjlResNet50.build();
  private final ParameterStore parameters = new ParameterStore(manager, false);
  private final NDArray images;
  private float[] probabilities;

  DjlInference(Work work) {
    network.initialize(manager, DataType.FLOAT32, DjlResNet50.shape(work));
    DjlResNet50.checkParameters(work, network);
    // Only a trainer's forward pass records what a backward pass would need.
    network.freezeParameters(true);
    images = manager.create(NetworkProblem.planes(work), DjlResNet50.shape(work));
    run();
    NetworkProblem.checkProbabilities(work, probabilities);
  }

  @Override
  public void run() {
    // Frees the pass's arrays at its end.
    try (NDManager pass = manager.newSubManager()) {
      NDArray x = images.duplicate();
      x.attach(pass);
      NDList logits = network.forward(parameters, new NDList(x), false);
      probabilities = logits.singletonOrThrow().softmax(1).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
