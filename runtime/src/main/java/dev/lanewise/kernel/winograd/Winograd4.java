package dev.lanewise.kernel.winograd;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * F(4x4, 3x3) by the points 0, P, -P, Q, -Q and infinity: 36 products for 16 outputs, where the
 * direct method has 144.
 *
 * <p>P = 3/4 and Q = 3/2 instead of the usual 1 and 2 halve the rounding error; their powers are
 * exact. See Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd Convolution
 * for Deep Neural Networks" (TOMS 2020).
 */
public final class Winograd4 extends WinogradTransform {
  private static final float P = 0.75f;
  private static final float Q = 1.5f;
  private static final float PP = P * P;
  private static final float QQ = Q * Q;

  /** The factors of G: one over the product of a point's distances to the others. */
  private static final float N_ZERO = 1 / (PP * QQ);

  private static final float N_P = 1 / (2 * PP * (PP - QQ));
  private static final float N_Q = 1 / (2 * QQ * (QQ - PP));

  Winograd4() {
    super(4, 6, 6);
  }

  @Override
  void input(float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    FloatVector p = FloatVector.broadcast(SPECIES, P);
    FloatVector minusP = FloatVector.broadcast(SPECIES, -P);
    FloatVector q = FloatVector.broadcast(SPECIES, Q);
    FloatVector minusQ = FloatVector.broadcast(SPECIES, -Q);
    FloatVector minusPp = FloatVector.broadcast(SPECIES, -PP);
    FloatVector minusQq = FloatVector.broadcast(SPECIES, -QQ);
    FloatVector product = FloatVector.broadcast(SPECIES, PP * QQ);
    FloatVector minusSum = FloatVector.broadcast(SPECIES, -(PP + QQ));
    for (int c = 0; c < count; c += LANES) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector x1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector x2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      FloatVector x3 = FloatVector.fromArray(SPECIES, src, at + 3 * step + c);
      FloatVector x4 = FloatVector.fromArray(SPECIES, src, at + 4 * step + c);
      FloatVector x5 = FloatVector.fromArray(SPECIES, src, at + 5 * step + c);
      FloatVector evenP = x2.fma(minusQq, x4);
      FloatVector oddP = x1.fma(minusQq, x3);
      FloatVector evenQ = x2.fma(minusPp, x4);
      FloatVector oddQ = x1.fma(minusPp, x3);
      x0.fma(product, x2.fma(minusSum, x4)).intoArray(dst, dstAt + 0 * dstStep + c);
      oddP.fma(p, evenP).intoArray(dst, dstAt + 1 * dstStep + c);
      oddP.fma(minusP, evenP).intoArray(dst, dstAt + 2 * dstStep + c);
      oddQ.fma(q, evenQ).intoArray(dst, dstAt + 3 * dstStep + c);
      oddQ.fma(minusQ, evenQ).intoArray(dst, dstAt + 4 * dstStep + c);
      x1.fma(product, x3.fma(minusSum, x5)).intoArray(dst, dstAt + 5 * dstStep + c);
    }
  }

  @Override
  void output(float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    FloatVector p = FloatVector.broadcast(SPECIES, P);
    FloatVector q = FloatVector.broadcast(SPECIES, Q);
    FloatVector pp = FloatVector.broadcast(SPECIES, PP);
    FloatVector qq = FloatVector.broadcast(SPECIES, QQ);
    FloatVector ppp = FloatVector.broadcast(SPECIES, P * PP);
    FloatVector qqq = FloatVector.broadcast(SPECIES, Q * QQ);
    for (int c = 0; c < count; c += LANES) {
      FloatVector t0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector t1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector t2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      FloatVector t3 = FloatVector.fromArray(SPECIES, src, at + 3 * step + c);
      FloatVector t4 = FloatVector.fromArray(SPECIES, src, at + 4 * step + c);
      FloatVector t5 = FloatVector.fromArray(SPECIES, src, at + 5 * step + c);
      FloatVector evenP = t1.add(t2);
      FloatVector oddP = t1.sub(t2);
      FloatVector evenQ = t3.add(t4);
      FloatVector oddQ = t3.sub(t4);
      t0.add(evenP.add(evenQ)).intoArray(dst, dstAt + 0 * dstStep + c);
      oddP.fma(p, oddQ.mul(q)).intoArray(dst, dstAt + 1 * dstStep + c);
      evenP.fma(pp, evenQ.mul(qq)).intoArray(dst, dstAt + 2 * dstStep + c);
      oddP.fma(ppp, oddQ.fma(qqq, t5)).intoArray(dst, dstAt + 3 * dstStep + c);
    }
  }

  @Override
  void filter(float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector w1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector w2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      FloatVector evenP = w0.add(w2.mul(PP)).mul(N_P);
      FloatVector oddP = w1.mul(P * N_P);
      FloatVector evenQ = w0.add(w2.mul(QQ)).mul(N_Q);
      FloatVector oddQ = w1.mul(Q * N_Q);
      w0.mul(N_ZERO).intoArray(dst, dstAt + 0 * dstStep + c);
      evenP.add(oddP).intoArray(dst, dstAt + 1 * dstStep + c);
      evenP.sub(oddP).intoArray(dst, dstAt + 2 * dstStep + c);
      evenQ.add(oddQ).intoArray(dst, dstAt + 3 * dstStep + c);
      evenQ.sub(oddQ).intoArray(dst, dstAt + 4 * dstStep + c);
      w2.intoArray(dst, dstAt + 5 * dstStep + c);
    }
  }

  @Override
  void outputAdjoint(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    FloatVector p = FloatVector.broadcast(SPECIES, P);
    FloatVector minusP = FloatVector.broadcast(SPECIES, -P);
    FloatVector q = FloatVector.broadcast(SPECIES, Q);
    FloatVector minusQ = FloatVector.broadcast(SPECIES, -Q);
    FloatVector pp = FloatVector.broadcast(SPECIES, PP);
    FloatVector qq = FloatVector.broadcast(SPECIES, QQ);
    for (int c = 0; c < count; c += LANES) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector y1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector y2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      FloatVector y3 = FloatVector.fromArray(SPECIES, src, at + 3 * step + c);
      FloatVector evenP = y2.fma(pp, y0);
      FloatVector oddP = y3.fma(pp, y1);
      FloatVector evenQ = y2.fma(qq, y0);
      FloatVector oddQ = y3.fma(qq, y1);
      y0.intoArray(dst, dstAt + 0 * dstStep + c);
      oddP.fma(p, evenP).intoArray(dst, dstAt + 1 * dstStep + c);
      oddP.fma(minusP, evenP).intoArray(dst, dstAt + 2 * dstStep + c);
      oddQ.fma(q, evenQ).intoArray(dst, dstAt + 3 * dstStep + c);
      oddQ.fma(minusQ, evenQ).intoArray(dst, dstAt + 4 * dstStep + c);
      y3.intoArray(dst, dstAt + 5 * dstStep + c);
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
      FloatVector t4 = FloatVector.fromArray(SPECIES, src, at + 4 * step + c);
      FloatVector t5 = FloatVector.fromArray(SPECIES, src, at + 5 * step + c);
      FloatVector evenP = t1.add(t2).mul(N_P);
      FloatVector oddP = t1.sub(t2).mul(P * N_P);
      FloatVector evenQ = t3.add(t4).mul(N_Q);
      FloatVector oddQ = t3.sub(t4).mul(Q * N_Q);
      t0.mul(N_ZERO).add(evenP.add(evenQ)).intoArray(dst, dstAt + 0 * dstStep + c);
      oddP.add(oddQ).intoArray(dst, dstAt + 1 * dstStep + c);
      evenP.mul(PP).add(evenQ.mul(QQ)).add(t5).intoArray(dst, dstAt + 2 * dstStep + c);
    }
  }
}
