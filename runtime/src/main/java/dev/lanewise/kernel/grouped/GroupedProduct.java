package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.grouped.ColumnBlocks.WIDTH;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.gemm.ConvProduct;
import dev.lanewise.kernel.gemm.Result;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;

/**
 * A convolution in groups, or the gradient of its input.
 *
 * <p>A task is a band of an image's rows times some blocks of columns. It walks down the band in
 * steps: copies the rows that a step's results read, computes block after block, and hands over the
 * results of all blocks together, since a pixel's channels are neighbours in memory. The cut depends
 * on the shape alone.
 */
public final class GroupedProduct implements ConvProduct, Task {
  /** Floats of the results of a step of rows that are spread: the border's are spread twice. */
  private static final int STEP = 1 << 15;

  private final Scratch scratch;
  private final Shape written;
  private final ColumnBlocks columns;
  private final BlockParts parts;
  private final int rowStride;
  private final Phase[] phases;
  private final int chunks;
  private final int tasks;
  private final int weightsSize;
  private final int tileSize;
  private final Result result;

  private Operand src;
  private float[] weights;

  /** Results of one phase, and where its tasks, chunks and weights begin. */
  private record Phase(
      Places places,
      Bands bands,
      GroupWeights weights,
      int firstTask,
      int firstChunk,
      int weightsAt,
      SourceRows[] rows,
      int[][] at,
      int minH,
      int maxH) {}

  private GroupedProduct(
      Scratch scratch,
      Places[] places,
      Groups groups,
      PackedMatrix layout,
      boolean transposed,
      Shape read,
      Shape written) {
    this.scratch = scratch;
    this.written = written;
    this.result = new Result(written.c());
    this.phases = new Phase[places.length];
    this.columns = new ColumnBlocks(transposed ? groups.transposed() : groups);
    int most = Math.min(columns.count() * WIDTH, BlockParts.COLUMNS);
    int stepResults = columns.spreadByCopy() ? STEP / most : 0;
    Bands[] bands = new Bands[places.length];
    int whole = 0;
    for (int p = 0; p < places.length; p++) {
      bands[p] = new Bands(places[p], read, stepResults);
      whole += bands[p].count();
    }
    this.parts = new BlockParts(columns, whole);
    this.rowStride = parts.rowStride();
    int threads = scratch.pool().threads();
    int task = 0;
    int chunk = 0;
    int weight = 0;
    int results = 0;
    int floats = 0;
    for (int p = 0; p < places.length; p++) {
      GroupWeights order = new GroupWeights(scratch, groups, layout, transposed, places[p].taps());
      SourceRows[] rows = new SourceRows[threads];
      for (int t = 0; t < threads; t++) {
        rows[t] =
            new SourceRows(read, places[p], columns, parts.mostInputs(), bands[p].rowsOfStep());
      }
      results = Math.max(results, bands[p].resultsOfStep());
      floats = Math.max(floats, rows[0].floats());
      int[][] at = new int[threads][places[p].taps().length];
      int minH = places[p].minH();
      int maxH = places[p].maxH();
      phases[p] = new Phase(places[p], bands[p], order, task, chunk, weight, rows, at, minH, maxH);
      task += bands[p].count() * parts.count();
      chunk += bands[p].chunks();
      weight = Math.addExact(weight, order.size());
    }
    this.tasks = task;
    this.chunks = chunk;
    this.weightsSize = weight;
    this.tileSize = Arena.aligned(Math.multiplyExact(results, rowStride));
    scratch.reserve(Math.addExact(tileSize, floats));
  }

  /**
   * Plans conv(src).
   *
   * @param layout of the weights
   * @param src shape of the input
   * @param dst shape of the result
   */
  public static GroupedProduct forward(
      Scratch scratch, Window window, Groups groups, PackedMatrix layout, Shape src, Shape dst) {
    Places[] places = {Places.forward(src, window)};
    return new GroupedProduct(scratch, places, groups, layout, false, src, dst);
  }

  /**
   * Plans the gradient of src from that of dst.
   *
   * @param layout of the weights
   * @param src shape of forward's input
   * @param dst shape of forward's result
   */
  public static GroupedProduct backward(
      Scratch scratch, Window window, Groups groups, PackedMatrix layout, Shape src, Shape dst) {
    Places[] places = Places.backward(src, window);
    return new GroupedProduct(scratch, places, groups, layout, true, dst, src);
  }

  @Override
  public void run(Operand src, Weights packed, Tensor dst, Tensor addend, Epilogue epilogue) {
    this.src = src;
    weights = scratch.weights(weightsSize);
    for (Phase phase : phases) {
      phase.weights().order(packed.values(), packed.at(), weights, Arena.FIRST + phase.weightsAt());
    }
    result.bind(dst, addend, epilogue, chunks, packed);
    scratch.pool().run(tasks, this);
  }

  @Override
  public void run(int index, int thread) {
    int p = 0;
    while (p + 1 < phases.length && index >= phases[p + 1].firstTask()) {
      p++;
    }
    Phase phase = phases[p];
    int task = index - phase.firstTask();
    int band = task / parts.count();
    int part = task % parts.count();
    Bands bands = phase.bands();
    phase
        .rows()[thread]
        .open(
            src,
            bands.image(band),
            parts.first(part),
            parts.last(part),
            scratch.local(),
            scratch.localAt(thread) + tileSize);
    int last = bands.lastChunk(band);
    for (int chunk = bands.firstChunk(band); chunk < last; chunk += bands.chunksOfStep()) {
      int end = Math.min(last, chunk + bands.chunksOfStep());
      multiply(phase, chunk, end, part, thread);
      take(phase, bands.image(band), chunk, end, part, thread);
    }
  }

  /** Multiplies a step: some chunks of one part's blocks. */
  private void multiply(Phase phase, int chunk0, int chunk1, int part, int thread) {
    Bands bands = phase.bands();
    SourceRows rows = phase.rows()[thread];
    int strideH = phase.places().strideH();
    int first = bands.firstRow(chunk0) * strideH + phase.minH();
    int last = (bands.lastRow(chunk1 - 1) - 1) * strideH + phase.maxH();
    rows.need(first, last);
    int block0 = parts.first(part);
    for (int block = block0; block < parts.last(part); block++) {
      rows.select(block, first, last);
      int offset = columns.firstOut(block) - columns.firstOut(block0);
      int tileAt = scratch.localAt(thread) + offset;
      for (int chunk = chunk0; chunk < chunk1; chunk++) {
        tileAt += multiply(phase, rows, chunk, block, thread, tileAt) * rowStride;
      }
    }
  }

  /** Multiplies a chunk's results of one block, and returns their number. */
  private int multiply(
      Phase phase, SourceRows rows, int chunk, int block, int thread, int tileAt) {
    Places places = phase.places();
    Bands bands = phase.bands();
    GroupWeights order = phase.weights();
    int weightsAt = Arena.FIRST + phase.weightsAt() + block * order.blockSize();
    int[] at = phase.at()[thread];
    int step = places.strideW() * rows.step();
    int run = rows.tapsOfRun();
    int column0 = bands.firstColumn(chunk);
    int results = bands.columns(chunk);
    int count = 0;
    for (int row = bands.firstRow(chunk); row < bands.lastRow(chunk); row++) {
      int top = row * places.strideH();
      for (int r = 0; r < at.length / run; r++) {
        int t = r * run;
        at[r] = rows.at(top + places.dh()[t]) + places.dw()[t] * rows.step() + column0 * step;
      }
      GroupTile.multiply(
          columns.spread(),
          scratch.local(),
          at,
          at.length / run,
          run * columns.groups().in(),
          rows.termStep(),
          step,
          weights,
          weightsAt,
          results,
          scratch.local(),
          tileAt + count * rowStride,
          rowStride);
      count += results;
    }
    return count;
  }

  private void take(Phase phase, int image, int chunk0, int chunk1, int part, int thread) {
    Bands bands = phase.bands();
    int block0 = parts.first(part);
    int channel = columns.firstOut(block0);
    int width = columns.outputs(block0, parts.last(part));
    int firstChunk = phase.firstChunk() + image * bands.chunksOfImage();
    int[] pixels = scratch.pixels(thread);
    int tileAt = scratch.localAt(thread);
    for (int chunk = chunk0; chunk < chunk1; chunk++) {
      int count = pixels(phase, image, chunk, pixels);
      result.take(
          scratch.local(),
          tileAt,
          rowStride,
          NR,
          count,
          pixels,
          channel,
          width,
          firstChunk + chunk);
      tileAt += count * rowStride;
    }
  }

  /** Writes for each result of a chunk the pixel where it stands, and returns their number. */
  private int pixels(Phase phase, int image, int chunk, int[] pixels) {
    Places places = phase.places();
    Bands bands = phase.bands();
    int count = 0;
    for (int row = bands.firstRow(chunk); row < bands.lastRow(chunk); row++) {
      int h = image * written.h() + row * places.stepH() + places.phaseH();
      int w = bands.firstColumn(chunk) * places.stepW() + places.phaseW();
      for (int column = 0; column < bands.columns(chunk); column++) {
        pixels[count++] = h * written.w() + w + column * places.stepW();
      }
    }
    return count;
  }
}
