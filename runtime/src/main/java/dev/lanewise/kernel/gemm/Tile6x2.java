package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link Tile6x4} for panels of which no more than two vectors is filled. */
final class Tile6x2 {
  private Tile6x2() {}

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
    FloatVector c0a, c0b;
    FloatVector c1a, c1b;
    FloatVector c2a, c2b;
    FloatVector c3a, c3b;
    FloatVector c4a, c4b;
    FloatVector c5a, c5b;
    c0a = c0b = FloatVector.zero(SPECIES);
    c1a = c1b = FloatVector.zero(SPECIES);
    c2a = c2b = FloatVector.zero(SPECIES);
    c3a = c3b = FloatVector.zero(SPECIES);
    c4a = c4b = FloatVector.zero(SPECIES);
    c5a = c5b = FloatVector.zero(SPECIES);
    for (int k = 0; k < depth; k++) {
      FloatVector ba = FloatVector.fromArray(SPECIES, b, bAt + 0 * LANES);
      FloatVector bb = FloatVector.fromArray(SPECIES, b, bAt + 1 * LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aAt + 0 * aRow]);
      c0a = a0.fma(ba, c0a);
      c0b = a0.fma(bb, c0b);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aAt + 1 * aRow]);
      c1a = a1.fma(ba, c1a);
      c1b = a1.fma(bb, c1b);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aAt + 2 * aRow]);
      c2a = a2.fma(ba, c2a);
      c2b = a2.fma(bb, c2b);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aAt + 3 * aRow]);
      c3a = a3.fma(ba, c3a);
      c3b = a3.fma(bb, c3b);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[aAt + 4 * aRow]);
      c4a = a4.fma(ba, c4a);
      c4b = a4.fma(bb, c4b);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[aAt + 5 * aRow]);
      c5a = a5.fma(ba, c5a);
      c5b = a5.fma(bb, c5b);
      aAt += aStep;
      bAt += bStep;
    }
    if (accumulate) {
      c0a = c0a.add(FloatVector.fromArray(SPECIES, c, cAt + 0 * NR + 0 * LANES));
      c0b = c0b.add(FloatVector.fromArray(SPECIES, c, cAt + 0 * NR + 1 * LANES));
      c1a = c1a.add(FloatVector.fromArray(SPECIES, c, cAt + 1 * NR + 0 * LANES));
      c1b = c1b.add(FloatVector.fromArray(SPECIES, c, cAt + 1 * NR + 1 * LANES));
      c2a = c2a.add(FloatVector.fromArray(SPECIES, c, cAt + 2 * NR + 0 * LANES));
      c2b = c2b.add(FloatVector.fromArray(SPECIES, c, cAt + 2 * NR + 1 * LANES));
      c3a = c3a.add(FloatVector.fromArray(SPECIES, c, cAt + 3 * NR + 0 * LANES));
      c3b = c3b.add(FloatVector.fromArray(SPECIES, c, cAt + 3 * NR + 1 * LANES));
      c4a = c4a.add(FloatVector.fromArray(SPECIES, c, cAt + 4 * NR + 0 * LANES));
      c4b = c4b.add(FloatVector.fromArray(SPECIES, c, cAt + 4 * NR + 1 * LANES));
      c5a = c5a.add(FloatVector.fromArray(SPECIES, c, cAt + 5 * NR + 0 * LANES));
      c5b = c5b.add(FloatVector.fromArray(SPECIES, c, cAt + 5 * NR + 1 * LANES));
    }
    c0a.intoArray(c, cAt + 0 * NR + 0 * LANES);
    c0b.intoArray(c, cAt + 0 * NR + 1 * LANES);
    c1a.intoArray(c, cAt + 1 * NR + 0 * LANES);
    c1b.intoArray(c, cAt + 1 * NR + 1 * LANES);
    c2a.intoArray(c, cAt + 2 * NR + 0 * LANES);
    c2b.intoArray(c, cAt + 2 * NR + 1 * LANES);
    c3a.intoArray(c, cAt + 3 * NR + 0 * LANES);
    c3b.intoArray(c, cAt + 3 * NR + 1 * LANES);
    c4a.intoArray(c, cAt + 4 * NR + 0 * LANES);
    c4b.intoArray(c, cAt + 4 * NR + 1 * LANES);
    c5a.intoArray(c, cAt + 5 * NR + 0 * LANES);
    c5b.intoArray(c, cAt + 5 * NR + 1 * LANES);
  }
}
