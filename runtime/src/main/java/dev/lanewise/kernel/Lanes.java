package dev.lanewise.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width that all kernels use, and the register tile that fits it.
 *
 * <p>The width is the machine's preferred one, or what the system property {@code lanewise.lanes}
 * says: 4, 8 or 16 floats. A width that the machine lacks works, but very slowly.
 */
public final class Lanes {
  /** The system property that overrides the width. */
  public static final String PROPERTY = "lanewise.lanes";

  /** The species of all float vectors; for kernels only. */
  @SuppressWarnings("exports")
  public static final VectorSpecies<Float> SPECIES = choose(System.getProperty(PROPERTY));

  /** Floats in a vector. */
  public static final int LANES = SPECIES.length();

  /**
   * Rows of the register tile: with 32 vector registers 6 rows of 4 vectors fit, with 16 5 of 2.
   */
  public static final int MR = LANES == 16 ? 6 : 5;

  /** Columns of the register tile, and of a panel of packed weights. */
  public static final int NR = LANES == 16 ? 4 * LANES : 2 * LANES;

  /** Whether a panel's row is four vectors; otherwise it is two. */
  public static final boolean FOUR = NR == 4 * LANES;

  private Lanes() {}

  private static VectorSpecies<Float> choose(String lanes) {
    if (lanes == null) {
      VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
      if (preferred.length() < 4) {
        return FloatVector.SPECIES_128;
      }
      return preferred.length() > 16 ? FloatVector.SPECIES_512 : preferred;
    }
    return switch (lanes) {
      case "4" -> VectorSpecies.of(float.class, VectorShape.S_128_BIT);
      case "8" -> VectorSpecies.of(float.class, VectorShape.S_256_BIT);
      case "16" -> VectorSpecies.of(float.class, VectorShape.S_512_BIT);
      default ->
          throw new IllegalArgumentException(
              "system property " + PROPERTY + " must be 4, 8 or 16, got " + lanes);
    };
  }

  /**
   * {@return the largest multiple of the lane count that is not above n}
   *
   * @param n any number
   */
  public static int floor(int n) {
    return n & -LANES;
  }

  /**
   * {@return n divided by d, rounded up}
   *
   * @param n 0 or more
   * @param d 1 or more
   */
  public static int ceilDiv(int n, int d) {
    return (n + d - 1) / d;
  }

  /**
   * {@return the least multiple of d that is not below n}
   *
   * @param n 0 or more
   * @param d 1 or more
   */
  public static int roundUp(int n, int d) {
    return ceilDiv(n, d) * d;
  }
}
