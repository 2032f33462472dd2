package dev.lanewise.kernel.winograd;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * F(2x2, 3x3) for maps of 2x2 pixels within a border of zeros: 9 products for 4 outputs, where the
 * direct method has 16 that are not zero.
 *
 * <p>Along one side y0 = w1 x0 + w2 x1 and y1 = w0 x0 + w1 x1, a Toeplitz matrix of two rows, which
 * takes three multiplications: Winograd, "Arithmetic Complexity of Computations" (1980), chapter
 * IV.
 */
public final class WinogradPair extends WinogradTransform {
  WinogradPair() {
    super(2, 2, 3);
  }

  @Override
  void input(float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector x1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      x0.add(x1).intoArray(dst, dstAt + 0 * dstStep + c);
      x1.intoArray(dst, dstAt + 1 * dstStep + c);
      x0.intoArray(dst, dstAt + 2 * dstStep + c);
    }
  }

  @Override
  void output(float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector t0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector t1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector t2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      t0.add(t1).intoArray(dst, dstAt + 0 * dstStep + c);
      t0.add(t2).intoArray(dst, dstAt + 1 * dstStep + c);
    }
  }

  @Override
  void filter(float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector w1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector w2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      w1.intoArray(dst, dstAt + 0 * dstStep + c);
      w2.sub(w1).intoArray(dst, dstAt + 1 * dstStep + c);
      w0.sub(w1).intoArray(dst, dstAt + 2 * dstStep + c);
    }
  }

  @Override
  void outputAdjoint(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector y1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      y0.add(y1).intoArray(dst, dstAt + 0 * dstStep + c);
      y0.intoArray(dst, dstAt + 1 * dstStep + c);
      y1.intoArray(dst, dstAt + 2 * dstStep + c);
    }
  }

  @Override
  void filterAdjoint(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector t0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector t1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector t2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      t2.intoArray(dst, dstAt + 0 * dstStep + c);
      t0.sub(t1.add(t2)).intoArray(dst, dstAt + 1 * dstStep + c);
      t1.intoArray(dst, dstAt + 2 * dstStep + c);
    }
  }
}
