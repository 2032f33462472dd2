package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;
import static dev.lanewise.kernel.TaskSizes.LEAST_TASKS;
import static dev.lanewise.kernel.grouped.ColumnBlocks.WIDTH;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.gemm.WeightProduct;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of the weights of a convolution in groups. A task is a slice of the batch times some
 * blocks of columns; the slices' sums lie in a buffer and are added up in order.
 */
public final class GroupedWeightGradient implements WeightProduct {
  /** Most floats of the slices' sums. */
  private static final int SUMS = 1 << 20;

  /** Floats of the gradients of a step of rows that are spread: the border's are spread twice. */
  private static final int STEP = 1 << 14;

  private final Scratch scratch;
  private final PackedMatrix layout;
  private final Places places;
  private final Bands bands;
  private final GroupWeights order;
  private final ColumnBlocks columns;
  private final Shape dst;
  private final int slices;
  private final BlockParts parts;
  private final int rowStride;
  private final int gradientsSize;
  private final SourceRows[] rows;
  private final int[][] at;
  private final Task add = this::add;
  private final Task merge = this::merge;

  private Operand src;
  private Operand dDst;
  private float[] sums;
  private float[] dWeights;
  private int dWeightsAt;

  /**
   * Plans the gradient.
   *
   * @param layout of the weights
   * @param src shape of the input
   * @param dst shape of the result
   */
  public GroupedWeightGradient(
      Scratch scratch, Window window, Groups groups, PackedMatrix layout, Shape src, Shape dst) {
    this.scratch = scratch;
    this.layout = layout;
    this.dst = dst;
    this.places = Places.forward(src, window);
    this.order = new GroupWeights(scratch, groups, layout, false, places.taps());
    this.columns = order.blocks();
    int most = Math.min(columns.count() * WIDTH, BlockParts.COLUMNS);
    this.bands = new Bands(dst.h(), dst.w(), src, columns.spreadByCopy() ? STEP / most : 0);
    int affordable = Math.max(1, SUMS / order.size());
    this.slices = Math.min(Math.min(bands.count(), LEAST_TASKS), affordable);
    this.parts = new BlockParts(columns, slices);
    this.rowStride = parts.rowStride();
    this.gradientsSize = Arena.aligned(Math.multiplyExact(bands.resultsOfStep(), rowStride));
    int threads = scratch.pool().threads();
    this.rows = new SourceRows[threads];
    int inputs = parts.mostInputs();
    Arrays.setAll(
        rows, t -> new SourceRows(src, new Places[] {places}, columns, inputs, bands.rowsOfStep()));
    this.at = new int[threads][places.taps().length];
    scratch.reserve(Math.addExact(gradientsSize, rows[0].floats()));
  }

  @Override
  public void run(Operand src, Operand dDst, float[] dWeights, int dWeightsAt) {
    this.src = src;
    this.dDst = dDst;
    this.dWeights = dWeights;
    this.dWeightsAt = dWeightsAt;
    sums = scratch.partials(Math.multiplyExact(slices, order.size()));
    scratch.pool().run(slices * parts.count(), add);
    Arrays.fill(dWeights, dWeightsAt, dWeightsAt + layout.size(), 0f);
    scratch.pool().run(columns.count(), merge);
  }

  private int sumsAt(int slice, int block) {
    return Arena.FIRST + slice * order.size() + block * order.blockSize();
  }

  private void add(int index, int thread) {
    int slice = index / parts.count();
    int part = index % parts.count();
    Arrays.fill(sums, sumsAt(slice, parts.first(part)), sumsAt(slice, parts.last(part)), 0f);
    int first = (int) ((long) slice * bands.count() / slices);
    int last = (int) ((slice + 1L) * bands.count() / slices);
    for (int band = first; band < last; band++) {
      addBand(band, part, slice, thread);
    }
  }

  private void addBand(int band, int part, int slice, int thread) {
    int image = bands.image(band);
    int ringAt = scratch.localAt(thread) + gradientsSize;
    rows[thread].open(src, image, parts.first(part), parts.last(part), scratch.local(), ringAt);
    int last = bands.lastChunk(band);
    for (int chunk = bands.firstChunk(band); chunk < last; chunk += bands.chunksOfStep()) {
      int end = Math.min(last, chunk + bands.chunksOfStep());
      addStep(image, chunk, end, part, slice, thread);
    }
  }

  /** Adds what some chunks give. */
  private void addStep(int image, int chunk0, int chunk1, int part, int slice, int thread) {
    SourceRows source = rows[thread];
    source.need(bands.firstRow(chunk0), bands.lastRow(chunk1 - 1));
    int block0 = parts.first(part);
    int block1 = parts.last(part);
    int channel = columns.firstOut(block0);
    int to = scratch.localAt(thread);
    for (int chunk = chunk0; chunk < chunk1; chunk++) {
      int count = bands.columns(chunk);
      for (int row = bands.firstRow(chunk); row < bands.lastRow(chunk); row++) {
        int pixel = (image * dst.h() + row) * dst.w() + bands.firstColumn(chunk);
        int width = columns.outputs(block0, block1);
        dDst.copyRows(pixel, count, channel, width, scratch.local(), to, rowStride);
        to += count * rowStride;
      }
    }
    for (int block = block0; block < block1; block++) {
      source.select(block);
      int gradientsAt = scratch.localAt(thread) + columns.firstOut(block) - channel;
      for (int chunk = chunk0; chunk < chunk1; chunk++) {
        for (int row = bands.firstRow(chunk); row < bands.lastRow(chunk); row++) {
          addRow(source, row, chunk, gradientsAt, sumsAt(slice, block), thread);
          gradientsAt += bands.columns(chunk) * rowStride;
        }
      }
    }
  }

  private void addRow(
      SourceRows source, int row, int chunk, int gradientsAt, int sumsAt, int thread) {
    int step = places.strideW() * source.step();
    int top = row * places.strideH();
    int[] taps = at[thread];
    for (int t = 0; t < taps.length; t++) {
      int column = places.dw()[t] * source.step() + bands.firstColumn(chunk) * step;
      taps[t] = source.at(top + places.dh()[t]) + column;
    }
    GroupGradientTile.add(
        columns.spread(),
        scratch.local(),
        taps,
        taps.length,
        step,
        columns.groups().in(),
        gradientsAt,
        rowStride,
        bands.columns(chunk),
        sums,
        sumsAt);
  }

  private void merge(int block, int thread) {
    int at = sumsAt(0, block);
    for (int slice = 1; slice < slices; slice++) {
      int from = sumsAt(slice, block);
      for (int i = 0; i < order.blockSize(); i += LANES) {
        FloatVector.fromArray(SPECIES, sums, at + i)
            .add(FloatVector.fromArray(SPECIES, sums, from + i))
            .intoArray(sums, at + i);
      }
    }
    int inputs = columns.groups().in();
    int width = columns.width(block);
    for (int t = 0; t < places.taps().length; t++) {
      for (int input = 0; input < inputs; input++) {
        int row = at + (t * inputs + input) * WIDTH;
        for (int c = 0; c < width; c++) {
          dWeights[dWeightsAt + order.index(t, input, block, c)] = sums[row + c];
        }
      }
    }
  }
}
