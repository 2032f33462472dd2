package dev.lanewise.model.data;

import java.util.function.IntUnaryOperator;

/** What each of the 256 bytes becomes, in each channel of the result or in all alike. */
final class ByteTables {
  private static final int BYTES = 256;

  /** A formula of one channel, computed in float, step by step, as the libraries do. */
  interface Formula {
    float value(int channel, float pixel);
  }

  private final float[][] tables;

  /**
   * Fills the tables.
   *
   * @param channels number of channels; 1 for all alike
   */
  ByteTables(int channels, Formula formula) {
    tables = new float[channels][BYTES];
    for (int c = 0; c < channels; c++) {
      for (int b = 0; b < BYTES; b++) {
        tables[c][b] = formula.value(c, b);
      }
    }
  }

  /**
   * Converts pixels as {@link Preprocessing#apply} does.
   *
   * @param source the channel of an image that becomes a channel of the result
   */
  void apply(byte[] src, float[] dst, int offset, int channels, IntUnaryOperator source) {
    for (int c = 0; c < channels; c++) {
      float[] table = tables[tables.length == 1 ? 0 : c];
      int from = source.applyAsInt(c);
      for (int i = 0; i < src.length; i += channels) {
        dst[offset + i + c] = table[src[i + from] & 255];
      }
    }
  }
}
