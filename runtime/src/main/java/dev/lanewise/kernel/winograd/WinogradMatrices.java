package dev.lanewise.kernel.winograd;

import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;

/** The matrices of all points of 3x3 weights, see {@link WinogradFilter}. */
public final class WinogradMatrices implements Task {
  private final Scratch scratch;
  private final WinogradFilter filter;
  private final FixedFilter fixed;
  private final int side;
  private final int parts;

  private float[] src;
  private int srcAt;
  private float[] dst;

  /**
   * Plans the matrices.
   *
   * @param fixed keeps the matrices of weights that do not change; null where weights do
   */
  public WinogradMatrices(Scratch scratch, WinogradFilter filter, FixedFilter fixed) {
    this.scratch = scratch;
    this.filter = filter;
    this.fixed = fixed;
    this.side = filter.side();
    this.parts = Lanes.ceilDiv(filter.rows(), WinogradFilter.ROWS);
    scratch.reserve(WinogradFilter.SCRATCH);
  }

  /** Returns what makes the matrices. */
  WinogradFilter filter() {
    return filter;
  }

  /** Returns whether the weights do not change, so that their matrices may be at hand. */
  boolean areFixed() {
    return fixed != null;
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
    if (fixed != null && fixed.keeps()) {
      return fixed.points(filter.transform(), this, src, srcAt);
    }
    float[] points = scratch.points(size());
    make(src, srcAt, points);
    return points;
  }

  /** Returns the number of floats of all matrices. */
  int size() {
    return Math.multiplyExact(side * side, plane());
  }

  /** Transforms the weights at src[srcAt...] into dst, from {@link Arena#FIRST} on. */
  void make(float[] src, int srcAt, float[] dst) {
    this.src = src;
    this.srcAt = srcAt;
    this.dst = dst;
    scratch.pool().run(filter.panels() * parts * side, this);
    // Whoever keeps the matrices may release their memory.
    this.dst = null;
  }

  @Override
  public void run(int index, int thread) {
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
        scratch.local(),
        scratch.localAt(thread));
  }
}
