package dev.lanewise.exchange;

/** How the values of a sum travel between workers. Added up is in float32 always. */
public enum Precision {
  /** As they are: a sum has the same bits on any number of workers. */
  FLOAT32(Float.BYTES),

  /**
   * Rounded to bfloat16, to nearest and ties to even; NaN stays NaN. Half the traffic. A worker's
   * own terms are not rounded where it adds them up itself, sums are: all workers have the same
   * bits, but which depends on their number.
   */
  BF16(Short.BYTES);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of a value on the wire. */
  int bytes() {
    return bytes;
  }
}
