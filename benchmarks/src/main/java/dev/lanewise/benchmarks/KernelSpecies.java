package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Lanes;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector width that the kernels use, for what stands beside them in benchmarks. */
public final class KernelSpecies {
  /** The species of float vectors of {@link Lanes#LANES}. */
  public static final VectorSpecies<Float> SPECIES =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Lanes.LANES * Float.SIZE));

  private KernelSpecies() {}
}
