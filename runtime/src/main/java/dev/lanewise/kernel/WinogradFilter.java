package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;
import java.util.Arrays;

/**
 * Turns packed 3x3 weights into Winograd's points: for each point a matrix [IC, OC] in panels
 * [OC/NR][IC][NR]; for the gradient of the input, with taps in opposite order, a matrix [OC, IC] in
 * panels [IC/NR][OC][NR].
 */
final class WinogradFilter implements Task {
  /** Rows of a task: columns of one panel where the weights are transposed. */
  private static final int ROWS = Math.min(32, NR);

  private static final int TAPS = 9;

  private final Scratch scratch;
  private final WinogradTransform transform;
  private final PackedMatrix weights;
  private final int ic;
  private final boolean backward;
  private final boolean kept;
  private final int rows;
  private final int columns;
  private final int panels;
  private final int parts;

  private float[] keptPoints;
  private boolean current;
  private float[] src;
  private int srcAt;
  private float[] dst;

  /**
   * Plans the transform.
   *
   * @param weights layout of the weights, [9*IC, OC]
   * @param backward whether the matrices are for the gradient of the input
   * @param kept whether the points of the first run are kept for all later ones
   */
  WinogradFilter(
      Scratch scratch,
      WinogradTransform transform,
      PackedMatrix weights,
      boolean backward,
      boolean kept) {
    this.scratch = scratch;
    this.transform = transform;
    this.weights = weights;
    this.ic = weights.rows() / TAPS;
    this.backward = backward;
    this.kept = kept;
    this.rows = backward ? weights.columns() : ic;
    this.columns = backward ? ic : weights.columns();
    this.panels = Lanes.ceilDiv(columns, NR);
    this.parts = Lanes.ceilDiv(rows, ROWS);
  }

  /** Returns the distance between two points' matrices. */
  int plane() {
    return WinogradPatches.plane(panels * panel());
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
    if (current) {
      return keptPoints;
    }
    int size = transform.points * transform.points * plane();
    this.src = src;
    this.srcAt = srcAt;
    if (kept && keptPoints == null) {
      keptPoints = Arena.allocate(size);
    }
    this.dst = kept ? keptPoints : scratch.points(size);
    this.current = kept;
    scratch.pool().run(panels * parts, this);
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
    int panel = index / parts;
    int row = index % parts * ROWS;
    int count = Math.min(ROWS, rows - row);
    int to = Arena.FIRST + panel * panel() + row * NR;
    int temp = scratch.slotAt(slot);
    if (backward) {
      int at = temp + 3 * transform.points * NR;
      transpose(panel, row, count, at);
      int tap = ROWS * NR;
      transform(scratch.slots(), at + (TAPS - 1) * tap, -tap, to, count, temp);
    } else {
      int from = srcAt + panel * weights.panelSize() + row * NR;
      transform(src, from, rows * NR, to, count, temp);
    }
  }

  /** Writes each tap's block of the transposed weights, with ROWS rows of NR. */
  private void transpose(int panel, int row, int count, int at) {
    float[] slots = scratch.slots();
    int width = Math.min(NR, columns - panel * NR);
    int bufferAt = at + TAPS * ROWS * NR;
    if (width < NR) {
      Arrays.fill(slots, at, bufferAt, 0f);
    }
    int column = srcAt + row / NR * weights.panelSize() + row % NR;
    for (int tap = 0; tap < TAPS; tap++) {
      int from = column + (tap * ic + panel * NR) * NR;
      int to = at + tap * ROWS * NR;
      WeightTransposition.transpose(src, from, width, count, slots, to, slots, bufferAt);
    }
  }

  /** Transforms rows whose taps lie a step apart. */
  private void transform(float[] taps, int at, int step, int to, int count, int temp) {
    float[] slots = scratch.slots();
    int points = transform.points;
    int plane = plane();
    for (int r = 0; r < count; r++) {
      for (int kw = 0; kw < 3; kw++) {
        int column = at + r * NR + kw * step;
        transform.filter(taps, column, 3 * step, slots, temp + kw * NR, 3 * NR, NR);
      }
      for (int i = 0; i < points; i++) {
        int row = to + r * NR + i * points * plane;
        transform.filter(slots, temp + 3 * i * NR, NR, dst, row, plane, NR);
      }
    }
  }
}
