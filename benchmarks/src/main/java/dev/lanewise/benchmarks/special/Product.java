package dev.lanewise.benchmarks.special;

/** What a kernel task does once its operands are packed: register tile after register tile. */
public interface Product {
  /**
   * c = a * b, for as many rows as a chunk has.
   *
   * @param a [stretches][rows][aRow]: stretch after stretch of the depth, each row in stretch
   *     floats
   * @param aRow distance of a's rows
   * @param aStep distance of a row's values
   * @param b [panels][stretches * stretch][bStep]
   * @param bStep distance of b's rows: NR
   * @param c [panels][rows][NR], overwritten
   * @param rows a multiple of the tile's rows
   * @param panels panels of NR columns
   * @param stretch depth that is multiplied at a time
   * @param stretches number of stretches
   */
  void run(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] c,
      int cAt,
      int rows,
      int panels,
      int stretch,
      int stretches);
}
