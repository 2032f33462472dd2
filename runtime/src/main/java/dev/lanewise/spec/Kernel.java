package dev.lanewise.spec;

/** Values for {@link ConvBn#kernel}. */
public final class Kernel {
  /** The window that the stage gives by {@link Stage#kernel}. */
  public static final int OF_STAGE = -1;

  private Kernel() {}
}
