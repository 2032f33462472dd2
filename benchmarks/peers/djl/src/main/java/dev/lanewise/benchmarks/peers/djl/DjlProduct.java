package dev.lanewise.benchmarks.peers.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.lanewise.benchmarks.peers.ConvProblem;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;

/** A 1x1 convolution as the product of matrices that it is: MKL's sgemm. */
final class DjlProduct implements Task {
  private final NDManager manager = NDManager.newBaseManager();
  private final NDArray a;
  private final NDArray b;

  DjlProduct(Work work) {
    ConvProblem problem = new ConvProblem(work);
    long pixels = (long) work.images() * work.size() * work.size();
    NDArray x = manager.create(problem.x(), new Shape(pixels, work.ic()));
    NDArray w = manager.create(problem.weights(), new Shape(work.ic(), work.oc()));
    NDArray dy = manager.create(problem.dy(), new Shape(pixels, work.oc()));
    switch (work.kind()) {
      case FORWARD -> {
        a = x;
        b = w;
      }
      case INPUT_GRADIENT -> {
        a = dy;
        b = w.transpose();
      }
      default -> {
        a = x.transpose();
        b = dy;
      }
    }
    try (NDArray product = a.matMul(b)) {
      problem.check(product.toFloatArray());
    }
  }

  @Override
  public void run() {
    a.matMul(b).close();
  }

  @Override
  public void close() {
    manager.close();
  }
}
