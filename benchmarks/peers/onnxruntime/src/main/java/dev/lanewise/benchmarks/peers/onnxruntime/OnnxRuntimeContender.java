package dev.lanewise.benchmarks.peers.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import dev.lanewise.benchmarks.peers.Contender;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;

/** ONNX Runtime on the processor, with all of its optimisations: inference alone. */
public final class OnnxRuntimeContender implements Contender {
  private OrtEnvironment environment;
  private int threads;

  /** Made by the child process. */
  public OnnxRuntimeContender() {}

  @Override
  public String start(int threads, String variant) {
    this.threads = threads;
    environment = OrtEnvironment.getEnvironment();
    return "ONNX Runtime " + environment.getVersion() + ", all optimisations";
  }

  @Override
  public boolean does(Work work) {
    return work.kind() == Work.Kind.INFERENCE;
  }

  @Override
  public Task prepare(Work work) {
    return new OnnxInference(work, environment, threads);
  }
}
