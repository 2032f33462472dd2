package dev.lanewise.kernel.norm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Pointwise;
import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Reads y as activation(y * scale + shift): batch normalisation and what follows it.
 *
 * <p>Compare and blend rather than max: one instruction each, where max takes several to treat NaN
 * and negative zero as Java wants it; NaN stays NaN.
 */
public final class ActivatedOperand extends Operand {
  private final float[] scale;
  private final float[] shift;
  private final Pointwise function;
  private final boolean curved;
  private final float floor;
  private final boolean capped;
  private final float ceiling;

  /**
   * Reads a map.
   *
   * @param y [N,H,W,C]
   * @param norm whose scale and shift are used as they are when values are read
   * @param function the activation
   */
  public ActivatedOperand(Tensor y, NormState norm, Pointwise function) {
    super(y);
    this.scale = norm.scale;
    this.shift = norm.shift;
    this.function = function;
    this.curved = function.curved();
    this.floor = function.floor();
    this.capped = function.capped();
    this.ceiling = function.ceiling();
  }

  @Override
  public void copy(int pixel, int channel, int count, float[] dst, int at) {
    copyPixel(offset + pixel * pitch + channel, channel, count, dst, at);
  }

  @Override
  public void copyRows(
      int pixel, int rows, int channel, int count, float[] dst, int at, int stride) {
    int from = offset + pixel * pitch + channel;
    if (count == pitch && count > 4 * LANES) {
      // All that lies there, in the order in which it lies there.
      for (int r = 0; r < rows; r++) {
        copyPixel(from + r * pitch, channel, count, dst, at + r * stride);
      }
      return;
    }
    int c = 0;
    for (; c + 4 * LANES <= count; c += 4 * LANES) {
      copyFour(from + c, rows, channel + c, dst, at + c, stride);
    }
    if (c + 2 * LANES <= count) {
      copyTwo(from + c, rows, channel + c, dst, at + c, stride);
      c += 2 * LANES;
    }
    if (curved && c == stride) {
      function.forward(dst, at, rows * stride);
    } else if (curved && c > 0) {
      for (int r = 0; r < rows; r++) {
        function.forward(dst, at + r * stride, c);
      }
    }
    if (c < count) {
      super.copyRows(pixel, rows, channel + c, count - c, dst, at + c, stride);
    }
  }

  /** Any number of channels of one pixel. */
  private void copyPixel(int from, int channel, int count, float[] dst, int at) {
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    FloatVector most = FloatVector.broadcast(SPECIES, ceiling);
    int i = 0;
    for (; i + 4 * LANES <= count; i += 4 * LANES) {
      int f = from + i;
      int n = channel + i;
      int to = at + i;
      FloatVector a = FloatVector.fromArray(SPECIES, data, f);
      a = a.fma(FloatVector.fromArray(SPECIES, scale, n), FloatVector.fromArray(SPECIES, shift, n));
      FloatVector b = FloatVector.fromArray(SPECIES, data, f + LANES);
      b =
          b.fma(
              FloatVector.fromArray(SPECIES, scale, n + LANES),
              FloatVector.fromArray(SPECIES, shift, n + LANES));
      FloatVector c = FloatVector.fromArray(SPECIES, data, f + 2 * LANES);
      c =
          c.fma(
              FloatVector.fromArray(SPECIES, scale, n + 2 * LANES),
              FloatVector.fromArray(SPECIES, shift, n + 2 * LANES));
      FloatVector d = FloatVector.fromArray(SPECIES, data, f + 3 * LANES);
      d =
          d.fma(
              FloatVector.fromArray(SPECIES, scale, n + 3 * LANES),
              FloatVector.fromArray(SPECIES, shift, n + 3 * LANES));
      a = a.blend(least, a.compare(VectorOperators.LE, least));
      b = b.blend(least, b.compare(VectorOperators.LE, least));
      c = c.blend(least, c.compare(VectorOperators.LE, least));
      d = d.blend(least, d.compare(VectorOperators.LE, least));
      if (capped) {
        a = a.blend(most, a.compare(VectorOperators.GE, most));
        b = b.blend(most, b.compare(VectorOperators.GE, most));
        c = c.blend(most, c.compare(VectorOperators.GE, most));
        d = d.blend(most, d.compare(VectorOperators.GE, most));
      }
      a.intoArray(dst, to);
      b.intoArray(dst, to + LANES);
      c.intoArray(dst, to + 2 * LANES);
      d.intoArray(dst, to + 3 * LANES);
    }
    for (; i + LANES <= count; i += LANES) {
      FloatVector s = FloatVector.fromArray(SPECIES, scale, channel + i);
      FloatVector t = FloatVector.fromArray(SPECIES, shift, channel + i);
      FloatVector z = FloatVector.fromArray(SPECIES, data, from + i).fma(s, t);
      z = z.blend(least, z.compare(VectorOperators.LE, least));
      if (capped) {
        z = z.blend(most, z.compare(VectorOperators.GE, most));
      }
      z.intoArray(dst, at + i);
    }
    for (; i < count; i++) {
      dst[at + i] =
          function.clamp(Math.fma(data[from + i], scale[channel + i], shift[channel + i]));
    }
    if (curved) {
      function.forward(dst, at, count);
    }
  }

  /** Two vectors of each pixel, for which scale and shift stay in registers. */
  private void copyTwo(int from, int rows, int channel, float[] dst, int at, int stride) {
    FloatVector sa = FloatVector.fromArray(SPECIES, scale, channel);
    FloatVector sb = FloatVector.fromArray(SPECIES, scale, channel + LANES);
    FloatVector ta = FloatVector.fromArray(SPECIES, shift, channel);
    FloatVector tb = FloatVector.fromArray(SPECIES, shift, channel + LANES);
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    FloatVector most = FloatVector.broadcast(SPECIES, ceiling);
    for (int r = 0; r < rows; r++) {
      FloatVector a = FloatVector.fromArray(SPECIES, data, from).fma(sa, ta);
      FloatVector b = FloatVector.fromArray(SPECIES, data, from + LANES).fma(sb, tb);
      a = a.blend(least, a.compare(VectorOperators.LE, least));
      b = b.blend(least, b.compare(VectorOperators.LE, least));
      if (capped) {
        a = a.blend(most, a.compare(VectorOperators.GE, most));
        b = b.blend(most, b.compare(VectorOperators.GE, most));
      }
      a.intoArray(dst, at);
      b.intoArray(dst, at + LANES);
      from += pitch;
      at += stride;
    }
  }

  /** Four vectors of each pixel. */
  private void copyFour(int from, int rows, int channel, float[] dst, int at, int stride) {
    FloatVector sa = FloatVector.fromArray(SPECIES, scale, channel);
    FloatVector sb = FloatVector.fromArray(SPECIES, scale, channel + LANES);
    FloatVector sc = FloatVector.fromArray(SPECIES, scale, channel + 2 * LANES);
    FloatVector sd = FloatVector.fromArray(SPECIES, scale, channel + 3 * LANES);
    FloatVector ta = FloatVector.fromArray(SPECIES, shift, channel);
    FloatVector tb = FloatVector.fromArray(SPECIES, shift, channel + LANES);
    FloatVector tc = FloatVector.fromArray(SPECIES, shift, channel + 2 * LANES);
    FloatVector td = FloatVector.fromArray(SPECIES, shift, channel + 3 * LANES);
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    FloatVector most = FloatVector.broadcast(SPECIES, ceiling);
    for (int r = 0; r < rows; r++) {
      FloatVector a = FloatVector.fromArray(SPECIES, data, from).fma(sa, ta);
      FloatVector b = FloatVector.fromArray(SPECIES, data, from + LANES).fma(sb, tb);
      FloatVector c = FloatVector.fromArray(SPECIES, data, from + 2 * LANES).fma(sc, tc);
      FloatVector d = FloatVector.fromArray(SPECIES, data, from + 3 * LANES).fma(sd, td);
      a = a.blend(least, a.compare(VectorOperators.LE, least));
      b = b.blend(least, b.compare(VectorOperators.LE, least));
      c = c.blend(least, c.compare(VectorOperators.LE, least));
      d = d.blend(least, d.compare(VectorOperators.LE, least));
      if (capped) {
        a = a.blend(most, a.compare(VectorOperators.GE, most));
        b = b.blend(most, b.compare(VectorOperators.GE, most));
        c = c.blend(most, c.compare(VectorOperators.GE, most));
        d = d.blend(most, d.compare(VectorOperators.GE, most));
      }
      a.intoArray(dst, at);
      b.intoArray(dst, at + LANES);
      c.intoArray(dst, at + 2 * LANES);
      d.intoArray(dst, at + 3 * LANES);
      from += pitch;
      at += stride;
    }
  }
}
