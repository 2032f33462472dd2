package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.grouped.ColumnBlocks.WIDTH;

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
import java.util.Arrays;

/**
 * A convolution in groups, or the gradient of its input.
 *
 * <p>A task is a band of an image's rows times some blocks of columns. It walks down the band in
 * steps: copies the rows that a step's results read, computes block after block, and hands over the
 * results of all blocks together, since a pixel's channels are neighbours in memory. The cut
 * depends on the shape alone.
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
  private final int phasesW;
  private final Bands bands;
  private final SourceRows[] rows;
  private final int weightsSize;
  private final int tileSize;
  private final Result result;

  private Operand src;
  private float[] weights;

  /** What the results of one phase of the stride are made of. */
  private record Phase(
      Places places, GroupWeights weights, int weightsAt, int tapsOfRun, int[][] at) {}

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
    this.columns = new ColumnBlocks(transposed ? groups.transposed() : groups);
    int most = Math.min(columns.count() * WIDTH, BlockParts.COLUMNS);
    int stepResults = columns.spreadByCopy() ? STEP / most : 0;
    this.bands = new Bands(written.h(), written.w(), read, stepResults);
    this.parts = new BlockParts(columns, bands.count());
    this.rowStride = parts.rowStride();
    int threads = scratch.pool().threads();
    this.rows = new SourceRows[threads];
    int inputs = parts.mostInputs();
    Arrays.setAll(rows, t -> new SourceRows(read, places, columns, inputs, bands.rowsOfStep()));
    this.phases = new Phase[places.length];
    this.phasesW = Math.min(places[0].stepW(), written.w());
    int weight = 0;
    for (int p = 0; p < places.length; p++) {
      GroupWeights order = new GroupWeights(scratch, groups, layout, transposed, places[p].taps());
      int run = rows[0].tapsOfRun(places[p].tapsOfRow());
      int[][] at = new int[threads][places[p].taps().length / run];
      phases[p] = new Phase(places[p], order, weight, run, at);
      weight = Math.addExact(weight, order.size());
    }
    this.weightsSize = weight;
    this.tileSize = Arena.aligned(Math.multiplyExact(bands.resultsOfStep(), rowStride));
    scratch.reserve(Math.addExact(tileSize, rows[0].floats()));
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
    result.bind(dst, addend, epilogue, bands.chunks(), packed);
    scratch.pool().run(bands.count() * parts.count(), this);
  }

  @Override
  public void run(int index, int thread) {
    int band = index / parts.count();
    int part = index % parts.count();
    int image = bands.image(band);
    int ringAt = scratch.localAt(thread) + tileSize;
    rows[thread].open(src, image, parts.first(part), parts.last(part), scratch.local(), ringAt);
    int last = bands.lastChunk(band);
    for (int chunk = bands.firstChunk(band); chunk < last; chunk += bands.chunksOfStep()) {
      int end = Math.min(last, chunk + bands.chunksOfStep());
      multiply(chunk, end, part, thread);
      take(image, chunk, end, part, thread);
    }
  }

  /** Multiplies a step: some chunks of one part's blocks. */
  private void multiply(int chunk0, int chunk1, int part, int thread) {
    SourceRows source = rows[thread];
    source.need(bands.firstRow(chunk0), bands.lastRow(chunk1 - 1));
    int block0 = parts.first(part);
    for (int block = block0; block < parts.last(part); block++) {
      source.select(block);
      int offset = columns.firstOut(block) - columns.firstOut(block0);
      int tileAt = scratch.localAt(thread) + offset;
      for (int chunk = chunk0; chunk < chunk1; chunk++) {
        for (int row = bands.firstRow(chunk); row < bands.lastRow(chunk); row++) {
          for (int w = 0; w < phasesW; w++) {
            Phase phase = phases[row % phases[0].places().stepH() * phasesW + w];
            multiply(phase, row, chunk, block, thread, tileAt);
          }
          tileAt += bands.columns(chunk) * rowStride;
        }
      }
    }
  }

  /** Multiplies those results of a row that are of one phase. */
  private void multiply(Phase phase, int row, int chunk, int block, int thread, int tileAt) {
    Places places = phase.places();
    SourceRows source = rows[thread];
    int column0 = bands.firstColumn(chunk);
    int first = Lanes.ceilDiv(Math.max(0, column0 - places.phaseW()), places.stepW());
    int end =
        Lanes.ceilDiv(
            Math.max(0, column0 + bands.columns(chunk) - places.phaseW()), places.stepW());
    int place = first * places.stepW() + places.phaseW() - column0;
    int step = places.strideW() * source.step();
    int top = row / places.stepH() * places.strideH();
    int[] at = phase.at()[thread];
    for (int r = 0; r < at.length; r++) {
      int t = r * phase.tapsOfRun();
      at[r] = source.at(top + places.dh()[t]) + places.dw()[t] * source.step() + first * step;
    }
    GroupTile.multiply(
        columns.spread(),
        scratch.local(),
        at,
        at.length,
        phase.tapsOfRun() * columns.groups().in(),
        source.termStep(),
        step,
        weights,
        Arena.FIRST + phase.weightsAt() + block * phase.weights().blockSize(),
        end - first,
        scratch.local(),
        tileAt + place * rowStride,
        places.stepW() * rowStride);
  }

  private void take(int image, int chunk0, int chunk1, int part, int thread) {
    int block0 = parts.first(part);
    int channel = columns.firstOut(block0);
    int width = columns.outputs(block0, parts.last(part));
    int firstChunk = image * bands.chunksOfImage();
    int[] pixels = scratch.pixels(thread);
    float[] local = scratch.local();
    int tileAt = scratch.localAt(thread);
    for (int chunk = chunk0; chunk < chunk1; chunk++) {
      int count = pixels(image, chunk, pixels);
      int number = firstChunk + chunk;
      result.take(local, tileAt, rowStride, NR, count, pixels, channel, width, number);
      tileAt += count * rowStride;
    }
  }

  /** Writes for each result of a chunk the pixel where it stands, and returns their number. */
  private int pixels(int image, int chunk, int[] pixels) {
    int count = 0;
    for (int row = bands.firstRow(chunk); row < bands.lastRow(chunk); row++) {
      int first = (image * written.h() + row) * written.w() + bands.firstColumn(chunk);
      for (int column = 0; column < bands.columns(chunk); column++) {
        pixels[count++] = first + column;
      }
    }
    return count;
  }
}
