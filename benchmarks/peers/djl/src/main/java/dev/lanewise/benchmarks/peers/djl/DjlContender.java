package dev.lanewise.benchmarks.peers.djl;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtEngine;
import dev.lanewise.benchmarks.peers.Contender;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;

/** The Deep Java Library with its PyTorch engine: PyTorch's official build, with MKL and oneDNN. */
public final class DjlContender implements Contender {
  /** Made by the child process. */
  public DjlContender() {}

  @Override
  public String start(int threads, String variant) {
    // These are read when the engine starts.
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Engine engine = Engine.getEngine(PtEngine.ENGINE_NAME);
    engine.setRandomSeed(1);
    return "DJL " + Engine.getDjlVersion() + ", PyTorch " + engine.getVersion();
  }

  @Override
  public boolean does(Work work) {
    // Its products are MKL's; for a gradient of a convolution alone it has no call.
    return work.kind().isNetwork() || work.window() == 1;
  }

  @Override
  public Task prepare(Work work) {
    return switch (work.kind()) {
      case TRAINING -> new DjlTraining(work);
      case INFERENCE -> new DjlInference(work);
      default -> new DjlProduct(work);
    };
  }
}
