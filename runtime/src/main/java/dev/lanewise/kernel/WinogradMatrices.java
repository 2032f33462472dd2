package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;

/** The matrices of all points of 3x3 weights, see {@link WinogradFilter}. */
final class WinogradMatrices implements Task {
  private final Scratch scratch;
  private final WinogradFilter filter;
  private final boolean kept;
  private final int side;
  private final int parts;

  private float[] keptPoints;
  private boolean current;
  private float[] src;
  private int srcAt;
  private float[] dst;

  /**
   * Plans the matrices.
   *
   * @param kept whether those of the first run are kept for all later ones
   */
  WinogradMatrices(Scratch scratch, WinogradFilter filter, boolean kept) {
    this.scratch = scratch;
    this.filter = filter;
    this.kept = kept;
    this.side = filter.side();
    this.parts = Lanes.ceilDiv(filter.rows(), WinogradFilter.ROWS);
  }

  /** Returns what makes the matrices. */
  WinogradFilter filter() {
    return filter;
  }

  /** Returns whether the matrices are kept. */
  boolean kept() {
    return kept;
  }

  /** Returns the distance between two points' matrices. */
  int plane() {
    return WinogradPatches.plane(filter.panels() * panel());
  }

  /** Returns the number of floats of a panel. */
  int panel() {
    return filter.rows() * NR;
  }

  /**
   * Transforms the weights at src[srcAt...].
   *
   * @return the points' matrices, from {@link Arena#FIRST} on
   */
  float[] run(float[] src, int srcAt) {
    if (current) {
      return keptPoints;
    }
    int size = Math.multiplyExact(side * side, plane());
    this.src = src;
    this.srcAt = srcAt;
    if (kept && keptPoints == null) {
      keptPoints = Arena.allocate(size);
    }
    this.dst = kept ? keptPoints : scratch.points(size);
    this.current = kept;
    scratch.pool().run(filter.panels() * parts * side, this);
    return dst;
  }

  /** Makes the next run transform the weights anew. */
  void renew() {
    current = false;
  }

  /** Gives the memory of kept points back; the next run makes them anew. */
  void release() {
    current = false;
    keptPoints = null;
    dst = null;
  }

  @Override
  public void run(int index, int slot) {
    int point = index % side;
    int row = index / side % parts * WinogradFilter.ROWS;
    int panel = index / side / parts;
    int count = Math.min(WinogradFilter.ROWS, filter.rows() - row);
    int to = Arena.FIRST + point * side * plane() + panel * panel() + row * NR;
    filter.block(
        src,
        srcAt,
        point,
        panel,
        row,
        count,
        dst,
        to,
        plane(),
        scratch.slots(),
        scratch.slotAt(slot));
  }
}
