package dev.lanewise.model.run;

import java.nio.ByteBuffer;
import java.util.Base64;

/** Arrays of doubles as texts, bit for bit and short: Base64 (RFC 4648) of big-endian bytes. */
final class Doubles {
  private Doubles() {}

  static String text(double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
    bytes.asDoubleBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** Throws IllegalArgumentException where a text is none. */
  static double[] of(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes.length % Double.BYTES != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes are no whole numbers");
    }
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
    return values;
  }
}
