package dev.lanewise.benchmarks.peers.bytedeco;

import dev.lanewise.benchmarks.peers.NetworkProblem;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Probabilities of a batch, without gradients. */
final class TorchInference implements Task {
  private final PointerScope scope = new PointerScope();
  private final TorchResNet50 network;
  private final float[] probabilities;

  /** Over all passes, so that weights are cast once. */
  private final Autocast cast;

  TorchInference(Work work, torch.MemoryFormat format, boolean autocast) {
    network = new TorchResNet50(work, format);
    cast = new Autocast(autocast);
    network.train(false);
    probabilities = new float[work.images() * Work.CLASSES];
    run();
    NetworkProblem.checkProbabilities(work, probabilities);
  }

  @Override
  public void run() {
    try (PointerScope pass = new PointerScope();
        InferenceMode mode = new InferenceMode(true)) {
      Tensor result = torch.softmax(cast.full(network.forward()), 1);
      new FloatPointer(result.data_ptr_float()).get(probabilities);
    }
  }

  @Override
  public void close() {
    cast.close();
    scope.close();
  }
}
