package dev.lanewise.benchmarks.peers.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lanewise.benchmarks.peers.NetworkProblem;
import dev.lanewise.benchmarks.peers.OnnxNetwork;
import dev.lanewise.benchmarks.peers.Task;
import dev.lanewise.benchmarks.peers.Work;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** Probabilities of a batch. */
final class OnnxInference implements Task {
  private final OrtSession session;
  private final OnnxTensor images;
  private final Map<String, OnnxTensor> inputs;
  private final float[] probabilities;

  OnnxInference(Work work, OrtEnvironment environment, int threads) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(threads);
      session = environment.createSession(OnnxNetwork.of(work), options);
      float[] planes = NetworkProblem.planes(work);
      // Memory of its own kind, which it reads in place.
      FloatBuffer buffer =
          ByteBuffer.allocateDirect(planes.length * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer()
              .put(planes)
              .flip();
      long[] shape = {work.images(), 3, work.size(), work.size()};
      images = OnnxTensor.createTensor(environment, buffer, shape);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
    inputs = Map.of(session.getInputNames().iterator().next(), images);
    probabilities = new float[work.images() * Work.CLASSES];
    run();
    NetworkProblem.checkProbabilities(work, probabilities);
  }

  @Override
  public void run() {
    try (OrtSession.Result result = session.run(inputs);
        OnnxTensor output = (OnnxTensor) result.get(0)) {
      output.getFloatBuffer().get(probabilities);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      images.close();
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
