package dev.lanewise.spec;

/** Values for {@link ConvBn#pad}. */
public final class Pad {
  /**
   * Half of what the window covers, rounded down, on each side: a map keeps its size where the
   * window is odd and its stride is 1, as with PyTorch's {@code padding = kernel // 2}.
   */
  public static final int HALF = -1;

  private Pad() {}
}
