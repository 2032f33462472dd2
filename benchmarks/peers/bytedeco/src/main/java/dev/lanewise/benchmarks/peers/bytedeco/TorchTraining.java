package dev.lanewise.benchmarks.peers.bytedeco;

import dev.lanewise.benchmarks.peers.NetworkProblem;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Steps of training: forward, backward, Adam. */
final class TorchTraining implements Task {
  private final PointerScope scope = new PointerScope();
  private final TorchResNet50 network;
  private final Tensor labels;
  private final Adam adam;
  private final boolean autocast;

  TorchTraining(Work work, torch.MemoryFormat format, boolean autocast) {
    this.autocast = autocast;
    network = new TorchResNet50(work, format);
    network.train(true);
    int[] classes = NetworkProblem.labels(work);
    labels = Tensor.create(classes).to(torch.ScalarType.Long);
    adam = new Adam(network.parameters(), new AdamOptions(1e-3));
    double first = step();
    double last = first;
    for (int i = 1; i < NetworkProblem.STEPS; i++) {
      last = step();
    }
    NetworkProblem.checkLosses(first, last);
  }

  private double step() {
    // Frees the step's tensors at once, instead of when Java collects their handles.
    try (PointerScope step = new PointerScope()) {
      adam.zero_grad();
      Tensor loss = loss();
      loss.backward();
      adam.step();
      return loss.item_double();
    }
  }

  private Tensor loss() {
    try (Autocast cast = new Autocast(autocast)) {
      return torch.cross_entropy_loss(cast.full(network.forward()), labels);
    }
  }

  @Override
  public void run() {
    step();
  }

  @Override
  public void close() {
    scope.close();
  }
}
