package dev.lanewise.kernel.norm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Pointwise;
import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * What a join adds: bn(y) + shortcut, or bn(y) * gate + shortcut.
 *
 * @param norm the normalisation of y
 * @param y [N,H,W,C]
 * @param gate [N,1,1,C]; null for none
 * @param shortcutNorm the normalisation of the shortcut; null for none
 * @param shortcut [N,H,W,C]; null for none
 */
record JoinSum(NormState norm, Tensor y, Tensor gate, NormState shortcutNorm, Tensor shortcut) {
  /**
   * Writes the sum, between floor and ceiling, of channels [channel, channel + count) of one pixel.
   *
   * @param function whose floor and ceiling they are
   * @param dst where to, from index to on
   */
  void write(int pixel, int channel, int count, Pointwise function, float[] dst, int to) {
    int at = pixel * norm.channels;
    int gateAt = gate == null ? 0 : gate.offset() + image(pixel) * norm.channels;
    int vectors = Lanes.floor(count);
    for (int i = 0; i < vectors; i += LANES) {
      vector(at, gateAt, channel + i, function, dst, to + i);
    }
    for (int i = vectors; i < count; i++) {
      scalar(at, gateAt, channel + i, function, dst, to + i);
    }
  }

  private int image(int pixel) {
    return pixel / (y.shape().h() * y.shape().w());
  }

  private void vector(int at, int gateAt, int c, Pointwise function, float[] dst, int to) {
    FloatVector z =
        FloatVector.fromArray(SPECIES, y.data(), y.offset() + at + c)
            .fma(
                FloatVector.fromArray(SPECIES, norm.scale, c),
                FloatVector.fromArray(SPECIES, norm.shift, c));
    if (gate != null) {
      z = z.mul(FloatVector.fromArray(SPECIES, gate.data(), gateAt + c));
    }
    if (shortcut != null) {
      FloatVector s = FloatVector.fromArray(SPECIES, shortcut.data(), shortcut.offset() + at + c);
      if (shortcutNorm != null) {
        s =
            s.fma(
                FloatVector.fromArray(SPECIES, shortcutNorm.scale, c),
                FloatVector.fromArray(SPECIES, shortcutNorm.shift, c));
      }
      z = z.add(s);
    }
    FloatVector least = FloatVector.broadcast(SPECIES, function.floor());
    z = z.blend(least, z.compare(VectorOperators.LE, least));
    if (function.capped()) {
      z = z.blend(function.ceiling(), z.compare(VectorOperators.GE, function.ceiling()));
    }
    z.intoArray(dst, to);
  }

  private void scalar(int at, int gateAt, int c, Pointwise function, float[] dst, int to) {
    float z = Math.fma(y.data()[y.offset() + at + c], norm.scale[c], norm.shift[c]);
    if (gate != null) {
      z *= gate.data()[gateAt + c];
    }
    if (shortcut != null) {
      float s = shortcut.data()[shortcut.offset() + at + c];
      z += shortcutNorm == null ? s : Math.fma(s, shortcutNorm.scale[c], shortcutNorm.shift[c]);
    }
    dst[to] = function.clamp(z);
  }
}
