package dev.lanewise.benchmarks.peers.bytedeco;

import dev.lanewise.benchmarks.peers.ConvProblem;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A 1x1 convolution as the product of matrices that it is. */
final class TorchProduct implements Task {
  private final PointerScope scope = new PointerScope();
  private final Tensor a;
  private final Tensor b;

  TorchProduct(Work work) {
    ConvProblem problem = new ConvProblem(work);
    long pixels = (long) work.images() * work.size() * work.size();
    Tensor x = Tensor.create(problem.x(), pixels, work.ic());
    Tensor w = Tensor.create(problem.weights(), work.ic(), work.oc());
    Tensor dy = Tensor.create(problem.dy(), pixels, work.oc());
    switch (work.kind()) {
      case FORWARD -> {
        a = x;
        b = w;
      }
      case INPUT_GRADIENT -> {
        a = dy;
        b = w.t();
      }
      default -> {
        a = x.t();
        b = dy;
      }
    }
    problem.check(TorchConvolution.values(torch.mm(a, b)));
  }

  @Override
  public void run() {
    try (PointerScope step = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      torch.mm(a, b);
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
