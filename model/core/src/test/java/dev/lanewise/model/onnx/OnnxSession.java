package dev.lanewise.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** An ONNX file in ONNX Runtime. */
final class OnnxSession implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;

  /**
   * Opens a file.
   *
   * @param optimised whether ONNX Runtime changes the graph as it does by default, which changes
   *     the sums' order and so their rounding
   */
  OnnxSession(Path file, boolean optimised) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(2);
    options.setOptimizationLevel(
        optimised
            ? OrtSession.SessionOptions.OptLevel.ALL_OPT
            : OrtSession.SessionOptions.OptLevel.NO_OPT);
    session = ENVIRONMENT.createSession(file.toString(), options);
  }

  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  /** Returns the output's shape and values. */
  Result run(float[] values, long... shape) throws OrtException {
    return run(OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(values), shape));
  }

  /** The same for bytes. */
  Result run(byte[] values, long... shape) throws OrtException {
    ByteBuffer direct = ByteBuffer.allocateDirect(values.length).put(values).flip();
    return run(OnnxTensor.createTensor(ENVIRONMENT, direct, shape, OnnxJavaType.UINT8));
  }

  private Result run(OnnxTensor input) throws OrtException {
    try (input;
        OrtSession.Result result = session.run(Map.of("input", input))) {
      OnnxTensor output = (OnnxTensor) result.get("output").orElseThrow();
      return new Result(output.getInfo().getShape(), output.getFloatBuffer().array());
    }
  }

  /** A tensor. */
  record Result(long[] shape, float[] values) {}

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
