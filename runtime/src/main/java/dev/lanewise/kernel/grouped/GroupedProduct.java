package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.TaskSizes.CHUNK_ROWS;
import static dev.lanewise.kernel.TaskSizes.LEAST_TASKS;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Lanes;
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
 * <p>A task is a band of an image's rows, small enough to stay in cache, times some blocks of
 * columns. For each block it walks down the band and keeps the rows that a row of results reads,
 * spread over the lanes. The cut depends on the shape alone.
 */
public final class GroupedProduct implements ConvProduct, Task {
  private final Scratch scratch;
  private final Shape written;
  private final Phase[] phases;
  private final int chunks;
  private final int tasks;
  private final int weightsSize;
  private final int blocks;
  private final int blocksOfTask;
  private final int parts;
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
    ColumnBlocks columns = new ColumnBlocks(transposed ? groups.transposed() : groups);
    this.blocks = columns.count();
    Bands[] bands = new Bands[places.length];
    int whole = 0;
    for (int p = 0; p < places.length; p++) {
      bands[p] = new Bands(places[p], read);
      whole += bands[p].count();
    }
    this.blocksOfTask = Lanes.ceilDiv(blocks, Math.min(blocks, Lanes.ceilDiv(LEAST_TASKS, whole)));
    this.parts = Lanes.ceilDiv(blocks, blocksOfTask);
    int threads = scratch.pool().threads();
    int task = 0;
    int chunk = 0;
    int weight = 0;
    int floats = 0;
    for (int p = 0; p < places.length; p++) {
      GroupWeights order = new GroupWeights(scratch, groups, layout, transposed, places[p].taps());
      SourceRows[] rows = new SourceRows[threads];
      for (int t = 0; t < threads; t++) {
        rows[t] = new SourceRows(read, places[p], columns);
      }
      floats = Math.max(floats, rows[0].floats());
      int[][] at = new int[threads][places[p].taps().length];
      int minH = places[p].minH();
      int maxH = places[p].maxH();
      phases[p] = new Phase(places[p], bands[p], order, task, chunk, weight, rows, at, minH, maxH);
      task += bands[p].count() * parts;
      chunk += bands[p].chunks();
      weight = Math.addExact(weight, order.size());
    }
    this.tasks = task;
    this.chunks = chunk;
    this.weightsSize = weight;
    scratch.reserve(Math.addExact(CHUNK_ROWS * NR, floats));
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
    int band = task / parts;
    int block0 = task % parts * blocksOfTask;
    int block1 = Math.min(blocks, block0 + blocksOfTask);
    for (int block = block0; block < block1; block++) {
      multiply(phase, band, block, thread);
    }
  }

  private void multiply(Phase phase, int band, int block, int thread) {
    Bands bands = phase.bands();
    float[] local = scratch.local();
    int tileAt = scratch.localAt(thread);
    SourceRows rows = phase.rows()[thread];
    int image = bands.image(band);
    rows.open(src, image, block, local, tileAt + CHUNK_ROWS * NR);
    int first = bands.firstChunk(band);
    int last = bands.lastChunk(band);
    for (int chunk = first; chunk < last; chunk++) {
      int count = tile(phase, rows, chunk, block, thread);
      pixels(phase, image, chunk, scratch.pixels(thread));
      ColumnBlocks columns = phase.weights().blocks();
      result.take(
          local,
          tileAt,
          NR,
          0,
          count,
          scratch.pixels(thread),
          columns.firstOut(block),
          columns.width(block),
          phase.firstChunk() + image * bands.chunksOfImage() + chunk);
    }
  }

  /** Multiplies a chunk's results, and returns their number. */
  private int tile(Phase phase, SourceRows rows, int chunk, int block, int thread) {
    Places places = phase.places();
    Bands bands = phase.bands();
    GroupWeights order = phase.weights();
    int weightsAt = Arena.FIRST + phase.weightsAt() + block * order.blockSize();
    int[] at = phase.at()[thread];
    int step = places.strideW() * rows.pixelSize();
    int column0 = bands.firstColumn(chunk);
    int columns = bands.columns(chunk);
    int tileAt = scratch.localAt(thread);
    int count = 0;
    for (int row = bands.firstRow(chunk); row < bands.lastRow(chunk); row++) {
      int top = row * places.strideH();
      rows.need(top + phase.minH(), top + phase.maxH());
      for (int t = 0; t < at.length; t++) {
        at[t] = rows.at(top + places.dh()[t]) + places.dw()[t] * rows.pixelSize() + column0 * step;
      }
      GroupTile.multiply(
          order.blocks().spread(),
          scratch.local(),
          at,
          at.length,
          step,
          order.blocks().groups().in(),
          weights,
          weightsAt,
          columns,
          scratch.local(),
          tileAt + count * NR);
      count += columns;
    }
    return count;
  }

  /** Writes for each result of a chunk the pixel where it stands. */
  private void pixels(Phase phase, int image, int chunk, int[] pixels) {
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
  }
}
