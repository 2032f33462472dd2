package dev.lanewise.spec;

/** Values for {@link ConvBn#stride}. */
public final class Stride {
  /** The stride that the stage gives its first or last block; 1 in the stage's other blocks. */
  public static final int OF_BLOCK = -1;

  private Stride() {}
}
