package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;
import static dev.lanewise.kernel.TaskSizes.CHUNK_ROWS;
import static dev.lanewise.kernel.TaskSizes.LEAST_TASKS;
import static dev.lanewise.kernel.grouped.ColumnBlocks.WIDTH;

import dev.lanewise.kernel.Lanes;
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

  private final Scratch scratch;
  private final PackedMatrix layout;
  private final Places places;
  private final Bands bands;
  private final GroupWeights order;
  private final Shape dst;
  private final int blocks;
  private final int slices;
  private final int blocksOfTask;
  private final int parts;
  private final int minH;
  private final int maxH;
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
    this.minH = places.minH();
    this.maxH = places.maxH();
    this.bands = new Bands(places, src);
    this.order = new GroupWeights(scratch, groups, layout, false, places.taps());
    this.blocks = order.blocks().count();
    int affordable = Math.max(1, SUMS / order.size());
    this.slices = Math.min(Math.min(bands.count(), LEAST_TASKS), affordable);
    this.blocksOfTask = Lanes.ceilDiv(blocks, Math.min(blocks, Lanes.ceilDiv(LEAST_TASKS, slices)));
    this.parts = Lanes.ceilDiv(blocks, blocksOfTask);
    int threads = scratch.pool().threads();
    this.rows = new SourceRows[threads];
    Arrays.setAll(rows, t -> new SourceRows(src, places, order.blocks()));
    this.at = new int[threads][places.taps().length];
    scratch.reserve(Math.addExact(CHUNK_ROWS * WIDTH, rows[0].floats()));
  }

  @Override
  public void run(Operand src, Operand dDst, float[] dWeights, int dWeightsAt) {
    this.src = src;
    this.dDst = dDst;
    this.dWeights = dWeights;
    this.dWeightsAt = dWeightsAt;
    sums = scratch.partials(Math.multiplyExact(slices, order.size()));
    scratch.pool().run(slices * parts, add);
    Arrays.fill(dWeights, dWeightsAt, dWeightsAt + layout.size(), 0f);
    scratch.pool().run(blocks, merge);
  }

  private int sumsAt(int slice, int block) {
    return Arena.FIRST + slice * order.size() + block * order.blockSize();
  }

  private void add(int index, int thread) {
    int slice = index / parts;
    int block0 = index % parts * blocksOfTask;
    int block1 = Math.min(blocks, block0 + blocksOfTask);
    Arrays.fill(sums, sumsAt(slice, block0), sumsAt(slice, block1), 0f);
    int first = (int) ((long) slice * bands.count() / slices);
    int last = (int) ((slice + 1L) * bands.count() / slices);
    for (int band = first; band < last; band++) {
      for (int block = block0; block < block1; block++) {
        add(band, block, sumsAt(slice, block), thread);
      }
    }
  }

  private void add(int band, int block, int sumsAt, int thread) {
    int gradientsAt = scratch.localAt(thread);
    SourceRows source = rows[thread];
    int image = bands.image(band);
    source.open(src, image, block, scratch.local(), gradientsAt + CHUNK_ROWS * WIDTH);
    for (int chunk = bands.firstChunk(band); chunk < bands.lastChunk(band); chunk++) {
      for (int row = bands.firstRow(chunk); row < bands.lastRow(chunk); row++) {
        add(source, image, row, chunk, block, sumsAt, thread);
      }
    }
  }

  private void add(
      SourceRows source, int image, int row, int chunk, int block, int sumsAt, int thread) {
    float[] local = scratch.local();
    int gradientsAt = scratch.localAt(thread);
    int column0 = bands.firstColumn(chunk);
    int columns = bands.columns(chunk);
    int step = places.strideW() * source.pixelSize();
    int top = row * places.strideH();
    source.need(top + minH, top + maxH);
    int[] taps = at[thread];
    for (int t = 0; t < taps.length; t++) {
      taps[t] =
          source.at(top + places.dh()[t]) + places.dw()[t] * source.pixelSize() + column0 * step;
    }
    ColumnBlocks channels = order.blocks();
    int pixel = (image * dst.h() + row) * dst.w() + column0;
    dDst.copyRows(
        pixel, columns, channels.firstOut(block), channels.width(block), local, gradientsAt, WIDTH);
    GroupGradientTile.add(
        channels.spread(),
        local,
        taps,
        taps.length,
        step,
        channels.groups().in(),
        gradientsAt,
        columns,
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
    int inputs = order.blocks().groups().in();
    int width = order.blocks().width(block);
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
