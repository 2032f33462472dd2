package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.grouped.ColumnBlocks.WIDTH;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Shape;
import java.util.Arrays;

/**
 * The rows of a map that the results of a step read, with their border, for the blocks of columns
 * of a task: a ring in a thread's memory, into which a row is copied when it is first read, all
 * channels of a pixel together.
 *
 * <p>Blocks read them where they lie, or, where a block has several groups of more than one
 * channel, {@link Spreading spread} over the columns.
 */
final class SourceRows {
  private final Shape src;
  private final ColumnBlocks blocks;
  private final int strideH;
  private final int stepH;
  private final int minH;
  private final int maxH;
  private final int slots;
  private final int minW;
  private final int columns;
  private final int pixelSize;
  private final int rowSize;

  /** Null where blocks read rows as they lie. */
  private final Spreading spreading;

  private final int spreadRowSize;

  private Operand operand;
  private int image;
  private int channel;
  private int channels;
  private float[] local;
  private int ringAt;
  private int next;

  private int first;
  private int last;

  /** Where the selected block's rows have their pixel of column 0. */
  private int selectedAt;

  /**
   * Plans the rows.
   *
   * @param src shape of the map
   * @param phases what the results of each phase read
   * @param blocks the results' columns
   * @param mostInputs most channels that a task reads
   * @param rowsOfStep most rows of results of a step
   */
  SourceRows(Shape src, Places[] phases, ColumnBlocks blocks, int mostInputs, int rowsOfStep) {
    this.src = src;
    this.blocks = blocks;
    this.strideH = phases[0].strideH();
    this.stepH = phases[0].stepH();
    this.minH = Arrays.stream(phases).mapToInt(Places::minH).min().orElseThrow();
    this.maxH = Arrays.stream(phases).mapToInt(Places::maxH).max().orElseThrow();
    this.minW = Arrays.stream(phases).mapToInt(Places::minW).min().orElseThrow();
    int maxW = Arrays.stream(phases).mapToInt(Places::lastColumn).max().orElseThrow();
    this.slots = Lanes.ceilDiv(rowsOfStep - 1, stepH) * strideH + maxH - minH + 1;
    this.columns = maxW - minW + 1;
    this.pixelSize = pixelSize(mostInputs);
    this.rowSize = Arena.aligned(Math.multiplyExact(columns, pixelSize) + WIDTH + LANES);
    this.spreading = blocks.spreadByCopy() ? new Spreading(blocks) : null;
    this.spreadRowSize = spreading == null ? 0 : Math.multiplyExact(columns, spreading.pixelSize());
  }

  /** Distance of pixels: not a multiple of 2 kB, so that neighbours fall into different sets. */
  static int pixelSize(int channels) {
    int size = Arena.aligned(channels);
    return size % 512 == 0 ? size + 16 : size;
  }

  /** Returns the floats of memory that it works in. */
  int floats() {
    return Math.multiplyExact(slots, Math.addExact(rowSize, spreadRowSize));
  }

  /** Returns the distance between the values of a column's pixels. */
  int step() {
    return spreading == null ? pixelSize : spreading.pixelSize();
  }

  /** Returns of how many of a row's taps the inputs lie {@link #termStep} apart, all of them. */
  int tapsOfRun(int tapsOfRow) {
    return blocks.spread() ? tapsOfRow : 1;
  }

  /** Returns the distance between the inputs of a run of taps. */
  int termStep() {
    if (spreading != null) {
      return WIDTH;
    }
    return blocks.depthwise() ? pixelSize : 1;
  }

  /**
   * Begins with no row copied.
   *
   * @param operand reads the map
   * @param image number of the image
   * @param block0 number of the task's first block of columns
   * @param block1 number of the block after its last
   * @param local the memory, from index at on
   */
  void open(Operand operand, int image, int block0, int block1, float[] local, int at) {
    this.operand = operand;
    this.image = image;
    this.channel = blocks.firstIn(block0);
    this.channels = blocks.inputs(block0, block1);
    this.local = local;
    this.ringAt = at;
    this.next = Integer.MIN_VALUE;
  }

  /** Copies what rows [row0, row1) of results read, where it is not there yet. */
  void need(int row0, int row1) {
    first = Math.floorDiv(row0, stepH) * strideH + minH;
    last = Math.floorDiv(row1 - 1, stepH) * strideH + maxH;
    for (int row = Math.max(first, next); row <= last; row++) {
      copy(row);
    }
    next = Math.max(next, last + 1);
  }

  /** Makes {@link #at} tell what a block reads of the rows that were last needed. */
  void select(int block) {
    int offset = blocks.firstIn(block) - channel;
    if (spreading == null) {
      selectedAt = offset - minW * pixelSize;
      return;
    }
    int spreadAt = ringAt + slots * rowSize;
    for (int row = first; row <= last; row++) {
      int to = spreadAt + (row - first) * spreadRowSize;
      spreading.run(local, slotAt(row) + offset, pixelSize, columns, to);
    }
    selectedAt = spreadAt - minW * spreading.pixelSize();
  }

  /** Returns where the pixel of column 0 of a row begins, which may lie before the row. */
  int at(int row) {
    return spreading == null
        ? selectedAt + slotAt(row)
        : selectedAt + (row - first) * spreadRowSize;
  }

  private int slotAt(int row) {
    return ringAt + Math.floorMod(row, slots) * rowSize;
  }

  private void copy(int row) {
    int to = slotAt(row);
    int end = to + columns * pixelSize;
    if (row < 0 || row >= src.h()) {
      Arrays.fill(local, to, end, 0f);
      return;
    }
    int left = Math.clamp(-minW, 0, columns);
    int from = Math.max(0, minW);
    int pixels = Math.max(0, Math.min(src.w() - from, columns - left));
    int inside = to + left * pixelSize;
    Arrays.fill(local, to, inside, 0f);
    int pixel = (image * src.h() + row) * src.w() + from;
    operand.copyRows(pixel, pixels, channel, channels, local, inside, pixelSize);
    Arrays.fill(local, inside + pixels * pixelSize, end, 0f);
  }
}
