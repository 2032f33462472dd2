package dev.lanewise.kernel.winograd;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * F(2x2, 3x3) by the points 0, 1, -1 and infinity: 16 products for 4 outputs, where the direct
 * method has 36.
 */
public final class Winograd2 extends WinogradTransform {
  Winograd2() {
    super(2, 4, 4);
  }

  @Override
  void input(float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector x1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector x2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      FloatVector x3 = FloatVector.fromArray(SPECIES, src, at + 3 * step + c);
      x0.sub(x2).intoArray(dst, dstAt + 0 * dstStep + c);
      x2.add(x1).intoArray(dst, dstAt + 1 * dstStep + c);
      x2.sub(x1).intoArray(dst, dstAt + 2 * dstStep + c);
      x3.sub(x1).intoArray(dst, dstAt + 3 * dstStep + c);
    }
  }

  @Override
  void output(float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector t0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector t1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector t2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      FloatVector t3 = FloatVector.fromArray(SPECIES, src, at + 3 * step + c);
      t0.add(t1.add(t2)).intoArray(dst, dstAt + 0 * dstStep + c);
      t1.sub(t2).add(t3).intoArray(dst, dstAt + 1 * dstStep + c);
    }
  }

  @Override
  void filter(float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector w1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector w2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      FloatVector even = w0.add(w2).mul(0.5f);
      FloatVector odd = w1.mul(0.5f);
      w0.intoArray(dst, dstAt + 0 * dstStep + c);
      even.add(odd).intoArray(dst, dstAt + 1 * dstStep + c);
      even.sub(odd).intoArray(dst, dstAt + 2 * dstStep + c);
      w2.intoArray(dst, dstAt + 3 * dstStep + c);
    }
  }

  @Override
  void outputAdjoint(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector y1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      y0.intoArray(dst, dstAt + 0 * dstStep + c);
      y0.add(y1).intoArray(dst, dstAt + 1 * dstStep + c);
      y0.sub(y1).intoArray(dst, dstAt + 2 * dstStep + c);
      y1.intoArray(dst, dstAt + 3 * dstStep + c);
    }
  }

  @Override
  void filterAdjoint(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector t0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector t1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector t2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      FloatVector t3 = FloatVector.fromArray(SPECIES, src, at + 3 * step + c);
      FloatVector even = t1.add(t2).mul(0.5f);
      t0.add(even).intoArray(dst, dstAt + 0 * dstStep + c);
      t1.sub(t2).mul(0.5f).intoArray(dst, dstAt + 1 * dstStep + c);
      even.add(t3).intoArray(dst, dstAt + 2 * dstStep + c);
    }
  }
}
