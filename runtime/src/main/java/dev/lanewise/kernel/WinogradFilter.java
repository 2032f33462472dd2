package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;

/**
 * Turns packed 3x3 weights into Winograd's points: for each point a matrix [IC, OC] in panels
 * [OC/NR][IC][NR].
 */
final class WinogradFilter implements Task {
  /** Rows of a task. */
  private static final int ROWS = 32;

  private final Scratch scratch;
  private final WinogradTransform transform;
  private final PackedMatrix weights;
  private final int rows;
  private final boolean flipped;
  private final int parts;
  private final boolean kept;

  private float[] keptPoints;
  private float[] src;
  private int srcAt;
  private float[] dst;

  /**
   * Plans the transform.
   *
   * @param weights layout of the weights, [9*IC, OC]
   * @param flipped whether the taps are taken in opposite order
   * @param kept whether the points of the first run are kept for all later ones
   */
  WinogradFilter(
      Scratch scratch,
      WinogradTransform transform,
      PackedMatrix weights,
      boolean flipped,
      boolean kept) {
    this.scratch = scratch;
    this.transform = transform;
    this.weights = weights;
    this.rows = weights.rows() / 9;
    this.flipped = flipped;
    this.kept = kept;
    this.parts = Lanes.ceilDiv(rows, ROWS);
  }

  /** Returns the distance between two points' matrices. */
  int plane() {
    return WinogradPatches.plane(weights.panels() * panel());
  }

  /** Returns the number of floats of a panel. */
  int panel() {
    return rows * NR;
  }

  /**
   * Transforms the weights at src[srcAt...].
   *
   * @return the points' matrices, from {@link Arena#FIRST} on
   */
  float[] run(float[] src, int srcAt) {
    if (keptPoints != null) {
      return keptPoints;
    }
    int size = transform.points * transform.points * plane();
    this.src = src;
    this.srcAt = srcAt;
    this.dst = kept ? Arena.allocate(size) : scratch.points(size);
    if (kept) {
      keptPoints = dst;
    }
    scratch.pool().run(weights.panels() * parts, this);
    return dst;
  }

  @Override
  public void run(int index, int slot) {
    int panel = index / parts;
    int first = index % parts * ROWS;
    int last = Math.min(rows, first + ROWS);
    int tap = rows * NR;
    int from = srcAt + panel * weights.panelSize() + (flipped ? 8 * tap : 0);
    int step = flipped ? -tap : tap;
    int to = Arena.FIRST + panel * panel();
    int temp = scratch.slotAt(slot);
    for (int row = first; row < last; row++) {
      transform(from + row * NR, step, to + row * NR, temp);
    }
  }

  private void transform(int from, int step, int to, int temp) {
    float[] slots = scratch.slots();
    int points = transform.points;
    int plane = plane();
    for (int kw = 0; kw < 3; kw++) {
      transform.filter(src, from + kw * step, 3 * step, slots, temp + kw * NR, 3 * NR, NR);
    }
    for (int i = 0; i < points; i++) {
      transform.filter(slots, temp + 3 * i * NR, NR, dst, to + i * points * plane, plane, NR);
    }
  }
}
