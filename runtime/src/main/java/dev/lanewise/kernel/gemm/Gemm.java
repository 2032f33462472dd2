package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.MR;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.TaskSizes.CHUNK_ROWS;
import static dev.lanewise.kernel.TaskSizes.LEAST_TASKS;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Weights;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Tensor;

/**
 * dst = epilogue(gathered(src) * weights + addend): the forward pass of a convolution, and the
 * gradient of its input.
 *
 * <p>After Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (TOMS 2008):
 * a chunk of rows times a block of depth is copied into a panel that stays in L2, and multiplied
 * with one weight panel after the other. A task is one chunk of rows times a group of weight
 * panels. The cut depends on the shape alone.
 */
public final class Gemm implements ConvProduct, Task {
  /**
   * Longest block of depth that is multiplied at a time in training: sums of more terms in a row
   * lose more digits, which gradients feel.
   */
  public static final int DEPTH = 128;

  /** Longest block of depth in inference. */
  public static final int INFERENCE_DEPTH = 256;

  /** Distance of the panel's rows: not a power of two, so that they fall into different sets. */
  public static final int PANEL_STRIDE = INFERENCE_DEPTH + 16;

  /** Floats of a panel. */
  private static final int PANEL = CHUNK_ROWS * PANEL_STRIDE;

  /**
   * Weight panels whose tiles are kept while the blocks of depth are added up, and are taken over
   * together.
   */
  public static final int KEPT_PANELS = 256 / NR;

  /** Floats of a tile. */
  private static final int TILE = CHUNK_ROWS * NR;

  /** Floats of the tiles. */
  private static final int TILES = TILE * KEPT_PANELS;

  private final Scratch scratch;
  private final GemmPhase[] phases;
  private final int stepH;
  private final int stepW;
  private final int dstH;
  private final int dstW;
  private final Result result;
  private final int columns;
  private final int panels;
  private final int chunkRows;
  private final int groups;
  private final int groupPanels;
  private final int[] firstChunk;

  private Operand src;
  private float[] weights;
  private int weightsAt;

  /**
   * Plans the products of one shape.
   *
   * @param phases rows of each kind
   * @param stepH distance between a phase's rows in dst; 1 where there is one phase
   * @param stepW distance between a phase's columns in dst
   * @param dstH height of dst
   * @param dstW width of dst
   * @param columns channels of dst
   */
  public Gemm(
      Scratch scratch, GemmPhase[] phases, int stepH, int stepW, int dstH, int dstW, int columns) {
    this.scratch = scratch;
    this.phases = phases;
    this.stepH = stepH;
    this.stepW = stepW;
    this.dstH = dstH;
    this.dstW = dstW;
    this.result = new Result(columns);
    this.columns = columns;
    this.panels = Lanes.ceilDiv(columns, NR);
    int rows = 0;
    int blocks = 0;
    for (GemmPhase phase : phases) {
      rows += phase.gather().rows();
      blocks = Math.max(blocks, phase.depthBlocks().length);
    }
    this.chunkRows = chunkRows(rows);
    this.firstChunk = new int[phases.length + 1];
    for (int p = 0; p < phases.length; p++) {
      firstChunk[p + 1] = firstChunk[p] + Lanes.ceilDiv(phases[p].gather().rows(), chunkRows);
    }
    int wanted = Math.min(panels, Lanes.ceilDiv(LEAST_TASKS, chunks()));
    int most = blocks > 1 ? KEPT_PANELS : panels;
    this.groupPanels = Math.min(most, Lanes.ceilDiv(panels, wanted));
    this.groups = Lanes.ceilDiv(panels, groupPanels);
    scratch.reserve(PANEL + TILES);
  }

  /** As many rows as the panel holds, but half as many where there would be few chunks. */
  private static int chunkRows(int rows) {
    int chunks = Lanes.ceilDiv(rows, CHUNK_ROWS);
    if (chunks < LEAST_TASKS) {
      chunks = Math.min(LEAST_TASKS, Lanes.ceilDiv(rows, CHUNK_ROWS / 2));
    }
    return Lanes.roundUp(Lanes.ceilDiv(rows, chunks), MR);
  }

  /** Returns the number of chunks of rows. */
  int chunks() {
    return firstChunk[phases.length];
  }

  private int tasks() {
    return chunks() * groups;
  }

  @Override
  public void run(Operand src, Weights weights, Tensor dst, Tensor addend, Epilogue epilogue) {
    this.src = src;
    this.weights = weights.values();
    this.weightsAt = weights.at();
    result.bind(dst, addend, epilogue, chunks(), weights);
    scratch.pool().run(tasks(), this);
  }

  @Override
  public void run(int index, int thread) {
    // A thread's share is some of the chunks, so that it meets its own pixels again. Within it,
    // tasks of one group follow each other: they share the group's weights in cache.
    int threads = scratch.pool().threads();
    int share = ((index / groups + 1) * threads - 1) / chunks();
    int chunk0 = share * chunks() / threads;
    int shareChunks = (share + 1) * chunks() / threads - chunk0;
    int group = (index - chunk0 * groups) / shareChunks;
    int chunk = chunk0 + (index - chunk0 * groups) % shareChunks;
    int p = 0;
    while (chunk >= firstChunk[p + 1]) {
      p++;
    }
    GemmPhase phase = phases[p];
    int row0 = (chunk - firstChunk[p]) * chunkRows;
    int rows = Math.min(chunkRows, phase.gather().rows() - row0);
    int[] pixels = scratch.pixels(thread);
    phase
        .gather()
        .pixels(row0, rows, stepH, stepW, phase.phaseH(), phase.phaseW(), dstH, dstW, pixels);
    int panel0 = group * groupPanels;
    int panel1 = Math.min(panels, panel0 + groupPanels);
    multiply(phase, row0, rows, panel0, panel1, chunk, thread);
  }

  private void multiply(
      GemmPhase phase, int row0, int rows, int panel0, int panel1, int chunk, int thread) {
    float[] local = scratch.local();
    int panelAt = scratch.localAt(thread);
    int tilesAt = panelAt + PANEL;
    Tensor map = src.tensor();
    int pitch = map.pitch();
    GemmPhase.DepthBlock[] blocks = phase.depthBlocks();
    // Whole tiles of rows that are src's own pixels are read where they lie.
    int inPlace = src.readsAsItIs() && phase.gather().isIdentity() ? rows / MR * MR : 0;
    int copied = rows - inPlace;
    int copyAt = panelAt + inPlace * PANEL_STRIDE;
    for (int block = 0; block < blocks.length; block++) {
      int k0 = blocks[block].k0();
      int terms = blocks[block].k1() - k0;
      phase.gather().pack(src, row0 + inPlace, copied, k0, k0 + terms, local, copyAt, PANEL_STRIDE);
      int from = map.offset() + row0 * pitch + k0;
      int weightRow = weightsAt + phase.weightsAt() + blocks[block].row() * NR;
      boolean last = block == blocks.length - 1;
      for (int first = panel0; first < panel1; first += KEPT_PANELS) {
        int end = Math.min(panel1, first + KEPT_PANELS);
        int b = weightRow + first * phase.weights().panelSize();
        if (last && result.takesRows()) {
          rows(map.data(), from, pitch, 0, inPlace, b, phase, first, end, terms, block > 0, thread);
          rows(
              local,
              copyAt,
              PANEL_STRIDE,
              inPlace,
              rows,
              b,
              phase,
              first,
              end,
              terms,
              block > 0,
              thread);
          continue;
        }
        for (int panel = first; panel < end; panel++) {
          int tileAt = tilesAt + (panel - first) * TILE;
          int restAt = tileAt + inPlace * NR;
          int width = width(panel);
          tiles(map.data(), from, pitch, inPlace, b, tileAt, terms, block > 0, width);
          tiles(local, copyAt, PANEL_STRIDE, copied, b, restAt, terms, block > 0, width);
          b += phase.weights().panelSize();
        }
        if (last) {
          int channel = first * NR;
          int width = Math.min(end * NR, columns) - channel;
          int[] pixels = scratch.pixels(thread);
          result.take(local, tilesAt, NR, TILE, rows, pixels, channel, width, chunk);
        }
      }
    }
  }

  /**
   * Multiplies the last block of depth with some weight panels, and hands on the results of a few
   * rows while they are in the cache next to the core.
   *
   * @param a rows that lie stride apart, the first of them at index at
   * @param row0 number of the first row in the chunk
   * @param row1 the end of the rows
   * @param accumulate whether the tiles hold the sums of the blocks before
   */
  private void rows(
      float[] a,
      int at,
      int stride,
      int row0,
      int row1,
      int b,
      GemmPhase phase,
      int panel0,
      int panel1,
      int depth,
      boolean accumulate,
      int thread) {
    float[] local = scratch.local();
    int[] pixels = scratch.pixels(thread);
    int tilesAt = scratch.localAt(thread) + PANEL;
    int panelSize = phase.weights().panelSize();
    int channel = panel0 * NR;
    int width = Math.min(panel1 * NR, columns) - channel;
    int panelStride = accumulate ? TILE : MR * NR;
    for (int r = row0; r < row1; r += MR) {
      int tileAt = accumulate ? tilesAt + r * NR : tilesAt;
      for (int p = 0; p < panel1 - panel0; p++) {
        Tile.multiply(
            a,
            at + (r - row0) * stride,
            stride,
            1,
            weights,
            b + p * panelSize,
            NR,
            local,
            tileAt + p * panelStride,
            depth,
            accumulate,
            width(panel0 + p));
      }
      int count = Math.min(MR, row1 - r);
      result.takeRows(local, tileAt, panelStride, count, pixels, r, channel, width);
    }
  }

  /** Returns the number of a panel's columns. */
  private int width(int panel) {
    return Math.min(NR, columns - panel * NR);
  }

  /** Multiplies rows of a, that lie stride apart, with one weight panel. */
  private void tiles(
      float[] a,
      int at,
      int stride,
      int rows,
      int b,
      int tileAt,
      int depth,
      boolean accumulate,
      int width) {
    float[] local = scratch.local();
    for (int r = 0; r < rows; r += MR) {
      Tile.multiply(
          a,
          at + r * stride,
          stride,
          1,
          weights,
          b,
          NR,
          local,
          tileAt + r * NR,
          depth,
          accumulate,
          width);
    }
  }
}
