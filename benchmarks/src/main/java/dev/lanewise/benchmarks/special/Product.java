package dev.lanewise.benchmarks.special;

/** What a kernel task does once its operands are packed: register tile after register tile. */
public interface Product {
  /**
   * c = a * b, for as many rows as a chunk has.
   *
   * @param a [blocks][rows][aRow]: block after block of the depth, each row in {@code terms} floats
   * @param aRow distance of a's rows
   * @param aStep distance of a row's values
   * @param b [panels][blocks * terms][bStep]
   * @param bStep distance of b's rows: NR
   * @param c [panels][rows][NR], overwritten
   * @param rows a multiple of the tile's rows
   * @param panels panels of NR columns
   * @param terms depth that is multiplied at a time
   * @param blocks number of blocks of depth
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
      int terms,
      int blocks);
}
