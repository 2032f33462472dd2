package dev.lanewise.model.plot;

/**
 * How a network is drawn.
 *
 * @param layers whether every layer is drawn by itself; else a convolution is drawn together with
 *     its padding, normalisation and activation, as they are computed
 * @param compact whether a run of equal blocks is drawn once, with their number
 * @param columns number of columns in which the blocks are laid out; at least 1
 */
public record PlotOptions(boolean layers, boolean compact, int columns) {
  /** The most columns. */
  public static final int MOST_COLUMNS = 100;

  /**
   * Checks the columns.
   *
   * @throws IllegalArgumentException where they are not from 1 to {@link #MOST_COLUMNS}
   */
  public PlotOptions {
    if (columns < 1 || columns > MOST_COLUMNS) {
      throw new IllegalArgumentException(
          "a drawing requires from 1 to " + MOST_COLUMNS + " columns, got " + columns);
    }
  }

  /** {@return the usual: layers fused, every block, from top to bottom} */
  public static PlotOptions standard() {
    return new PlotOptions(false, false, 1);
  }
}
