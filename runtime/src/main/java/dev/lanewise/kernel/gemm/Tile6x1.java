package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link Tile6x4} for panels of which no more than one vector is filled. */
final class Tile6x1 {
  private Tile6x1() {}

  /** As {@link Tile#multiply}. */
  static void multiply(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] c,
      int cAt,
      int depth,
      boolean accumulate) {
    FloatVector c0a;
    FloatVector c1a;
    FloatVector c2a;
    FloatVector c3a;
    FloatVector c4a;
    FloatVector c5a;
    c0a = FloatVector.zero(SPECIES);
    c1a = FloatVector.zero(SPECIES);
    c2a = FloatVector.zero(SPECIES);
    c3a = FloatVector.zero(SPECIES);
    c4a = FloatVector.zero(SPECIES);
    c5a = FloatVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      FloatVector ba = FloatVector.fromArray(SPECIES, b, bAt + 0 * LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt + 0 * aRow]);
      c0a = a0.fma(ba, c0a);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + 1 * aRow]);
      c1a = a1.fma(ba, c1a);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aAt + 2 * aRow]);
      c2a = a2.fma(ba, c2a);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aAt + 3 * aRow]);
      c3a = a3.fma(ba, c3a);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[aAt + 4 * aRow]);
      c4a = a4.fma(ba, c4a);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[aAt + 5 * aRow]);
      c5a = a5.fma(ba, c5a);
      aAt += aStep;
      bAt += bStep;
    }
    if (accumulate) {
      c0a = c0a.add(FloatVector.fromArray(SPECIES, c, cAt + 0 * NR + 0 * LANES));
      c1a = c1a.add(FloatVector.fromArray(SPECIES, c, cAt + 1 * NR + 0 * LANES));
      c2a = c2a.add(FloatVector.fromArray(SPECIES, c, cAt + 2 * NR + 0 * LANES));
      c3a = c3a.add(FloatVector.fromArray(SPECIES, c, cAt + 3 * NR + 0 * LANES));
      c4a = c4a.add(FloatVector.fromArray(SPECIES, c, cAt + 4 * NR + 0 * LANES));
      c5a = c5a.add(FloatVector.fromArray(SPECIES, c, cAt + 5 * NR + 0 * LANES));
    }
    c0a.intoArray(c, cAt + 0 * NR + 0 * LANES);
    c1a.intoArray(c, cAt + 1 * NR + 0 * LANES);
    c2a.intoArray(c, cAt + 2 * NR + 0 * LANES);
    c3a.intoArray(c, cAt + 3 * NR + 0 * LANES);
    c4a.intoArray(c, cAt + 4 * NR + 0 * LANES);
    c5a.intoArray(c, cAt + 5 * NR + 0 * LANES);
  }
}
