package dev.lanewise.benchmarks.serving;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** ONNX Runtime: one session, whose {@code run} all callers call at the same time. */
final class OnnxRuntime implements Contender {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final int threads;
  private final long[] shape;
  private final OrtSession session;

  /**
   * Opens a file.
   *
   * @param threads that work on one call
   * @param size height and width of the images
   */
  OnnxRuntime(Path file, int threads, int size) throws OrtException {
    this.threads = threads;
    this.shape = new long[] {1, size, size, 3};
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    session = ENVIRONMENT.createSession(file.toString(), options);
  }

  @Override
  public String name() {
    return "ONNX Runtime, intra-op " + threads;
  }

  @Override
  public float[] classify(float[] image) {
    try (OnnxTensor input = OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(image), shape);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      return ((OnnxTensor) result.get("output").orElseThrow()).getFloatBuffer().array();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
