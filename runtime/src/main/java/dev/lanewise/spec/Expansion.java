package dev.lanewise.spec;

/** Values for {@link ConvBn#expansion}. */
public final class Expansion {
  /** The multiple that the stage gives by {@link Stage#expansion}. */
  public static final int OF_STAGE = -1;

  private Expansion() {}
}
