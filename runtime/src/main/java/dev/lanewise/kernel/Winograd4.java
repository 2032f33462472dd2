package dev.lanewise.kernel;

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
final class Winograd4 extends WinogradTransform {
  private static final float P = 0.75f;
  private static final float Q = 1.5f;
  private static final float PP = P * P;
  private static final float QQ = Q * Q;

  /** The factors of G: one over the product of a point's distances to the others. */
  private static final float N_ZERO = 1 / (PP * QQ);

  private static final float N_P = 1 / (2 * PP * (PP - QQ));
  private static final float N_Q = 1 / (2 * QQ * (QQ - PP));

  Winograd4() {
    super(4);
  }

  @Override
  void input(float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector x1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector x2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      FloatVector x3 = FloatVector.fromArray(SPECIES, src, at + 3 * step + c);
      FloatVector x4 = FloatVector.fromArray(SPECIES, src, at + 4 * step + c);
      FloatVector x5 = FloatVector.fromArray(SPECIES, src, at + 5 * step + c);
      FloatVector evenP = x4.sub(x2.mul(QQ));
      FloatVector oddP = x3.sub(x1.mul(QQ)).mul(P);
      FloatVector evenQ = x4.sub(x2.mul(PP));
      FloatVector oddQ = x3.sub(x1.mul(PP)).mul(Q);
      FloatVector zero = x0.mul(PP * QQ).sub(x2.mul(PP + QQ)).add(x4);
      FloatVector infinity = x1.mul(PP * QQ).sub(x3.mul(PP + QQ)).add(x5);
      zero.intoArray(dst, dstAt + 0 * dstStep + c);
      evenP.add(oddP).intoArray(dst, dstAt + 1 * dstStep + c);
      evenP.sub(oddP).intoArray(dst, dstAt + 2 * dstStep + c);
      evenQ.add(oddQ).intoArray(dst, dstAt + 3 * dstStep + c);
      evenQ.sub(oddQ).intoArray(dst, dstAt + 4 * dstStep + c);
      infinity.intoArray(dst, dstAt + 5 * dstStep + c);
    }
  }

  @Override
  void output(float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count) {
    for (int c = 0; c < count; c += LANES) {
      FloatVector t0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector t1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector t2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      FloatVector t3 = FloatVector.fromArray(SPECIES, src, at + 3 * step + c);
      FloatVector t4 = FloatVector.fromArray(SPECIES, src, at + 4 * step + c);
      FloatVector t5 = FloatVector.fromArray(SPECIES, src, at + 5 * step + c);
      FloatVector evenP = t1.add(t2);
      FloatVector oddP = t1.sub(t2).mul(P);
      FloatVector evenQ = t3.add(t4);
      FloatVector oddQ = t3.sub(t4).mul(Q);
      t0.add(evenP.add(evenQ)).intoArray(dst, dstAt + 0 * dstStep + c);
      oddP.add(oddQ).intoArray(dst, dstAt + 1 * dstStep + c);
      evenP.mul(PP).add(evenQ.mul(QQ)).intoArray(dst, dstAt + 2 * dstStep + c);
      oddP.mul(PP).add(oddQ.mul(QQ)).add(t5).intoArray(dst, dstAt + 3 * dstStep + c);
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
    for (int c = 0; c < count; c += LANES) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, src, at + 0 * step + c);
      FloatVector y1 = FloatVector.fromArray(SPECIES, src, at + 1 * step + c);
      FloatVector y2 = FloatVector.fromArray(SPECIES, src, at + 2 * step + c);
      FloatVector y3 = FloatVector.fromArray(SPECIES, src, at + 3 * step + c);
      FloatVector evenP = y0.add(y2.mul(PP));
      FloatVector oddP = y1.add(y3.mul(PP)).mul(P);
      FloatVector evenQ = y0.add(y2.mul(QQ));
      FloatVector oddQ = y1.add(y3.mul(QQ)).mul(Q);
      y0.intoArray(dst, dstAt + 0 * dstStep + c);
      evenP.add(oddP).intoArray(dst, dstAt + 1 * dstStep + c);
      evenP.sub(oddP).intoArray(dst, dstAt + 2 * dstStep + c);
      evenQ.add(oddQ).intoArray(dst, dstAt + 3 * dstStep + c);
      evenQ.sub(oddQ).intoArray(dst, dstAt + 4 * dstStep + c);
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
