package dev.lanewise.kernel.winograd;

import static dev.lanewise.kernel.Lanes.MR;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.TaskSizes.CHUNK_ROWS;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.gemm.ConvProduct;
import dev.lanewise.kernel.gemm.Gemm;
import dev.lanewise.kernel.gemm.Result;
import dev.lanewise.kernel.gemm.Tile;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Tensor;

/**
 * dst = epilogue(conv(src) + addend) for 3x3 windows of stride 1, by Winograd's method, see {@link
 * WinogradTransform}: patches of src are transformed into points, each point's matrix [patches, IC]
 * is multiplied with that of the weights, and the products are transformed into dst.
 *
 * <p>Where the transformed weights fit into a core's L2 cache, a task does all of that for a group
 * of patches. Otherwise each of the three is a parallel region, over a group of patches that fits
 * into the cache which cores share. Where there are few patches, the points of the weights are more
 * than all else: then a product makes them where it needs them, a block of depth at a time, and
 * they never leave the cache. The cut depends on the shape alone.
 */
public final class Winograd implements ConvProduct {
  /** Most channels, of src and of dst, for which a task does everything. */
  private static final int SMALL = 64;

  /** Most floats of the points and products of a group that is shared. */
  static final int SHARED = 5 << 18;

  /** The same where weights are transformed, or made, in the product: then there is one group. */
  static final int SHARED_ONCE = 1 << 22;

  /** Most rows of a product that a task computes. */
  private static final int PRODUCT_ROWS = 144 / MR * MR;

  /** Points along one side times outputs along the other. */
  private static final int HALF = 6 * 4 * NR;

  /** Rows of results, and what the transform of an incomplete patch writes behind them. */
  private static final int ROWS = (CHUNK_ROWS + 4) * NR;

  /** Where the rows, and a task's own points, lie in a thread's memory. */
  private static final int ROWS_AT = WinogradPatches.SCRATCH + HALF;

  private static final int OWN_AT = ROWS_AT + ROWS;

  /** Floats of a block of depth of the points in one row. */
  private static final int BLOCK = 6 * Gemm.DEPTH * NR;

  /** Floats per thread. */
  private static final int LOCAL =
      Math.max(OWN_AT + Math.max(own(2), own(4)), WinogradFilter.SCRATCH + BLOCK);

  private final Scratch scratch;
  private final WinogradTransform transform;
  private final WinogradPatches input;
  private final WinogradMatrices matrices;
  private final Result result;
  private final int points;
  private final int dstH;
  private final int dstW;
  private final int depth;
  private final int stride;
  private final int columns;
  private final int panels;
  private final int chunkPatches;
  private final boolean small;
  private final boolean weightsInProduct;
  private final int groupPatches;
  private final int groupRows;
  private final int inPlane;
  private final int outPlane;

  private final Task all = this::all;
  private final Task transformInput = this::transformInput;
  private final Task multiply = this::multiply;
  private final Task multiplyWeights = this::multiplyWeights;
  private final Task transformOutput = this::transformOutput;

  private Operand src;
  private float[] weights;
  private int weightsAt;
  private float[] u;

  /** The group that is shared: its points, then its products. */
  private float[] shared;

  private int first;
  private int count;

  /**
   * Plans the product of one shape.
   *
   * @param input patches of src
   * @param columns channels of dst
   */
  public Winograd(
      Scratch scratch,
      WinogradTransform transform,
      WinogradPatches input,
      WinogradMatrices matrices,
      int dstH,
      int dstW,
      int columns) {
    this.scratch = scratch;
    this.transform = transform;
    this.input = input;
    this.matrices = matrices;
    this.result = new Result(columns);
    this.points = transform.points * transform.points;
    this.dstH = dstH;
    this.dstW = dstW;
    this.depth = input.channels();
    this.stride = WinogradPatches.stride(depth);
    this.columns = columns;
    this.panels = Lanes.ceilDiv(columns, NR);
    this.chunkPatches = chunkPatches(transform.outputs);
    this.small = depth <= SMALL && panels * NR <= SMALL;
    int patchSize = points * (stride + panels * NR);
    this.weightsInProduct =
        !small
            && !matrices.areFixed()
            && input.patches() <= Math.min(PRODUCT_ROWS, SHARED_ONCE / patchSize);
    this.groupPatches = groupPatches(SHARED / patchSize);
    this.groupRows = Lanes.roundUp(groupPatches, MR);
    this.inPlane = WinogradPatches.plane(groupRows * stride);
    this.outPlane = WinogradPatches.plane(groupRows * panels * NR);
    scratch.reserve(LOCAL);
  }

  private int groupPatches(int most) {
    if (small) {
      return smallPatches(transform.outputs);
    }
    if (weightsInProduct) {
      return input.patches();
    }
    // Whole chunks.
    return Math.min(input.patches(), Math.max(1, most / chunkPatches) * chunkPatches);
  }

  /** Patches whose outputs make a chunk of the epilogue. */
  private static int chunkPatches(int outputs) {
    return CHUNK_ROWS / (outputs * outputs);
  }

  /** Patches of a task that does everything: whole chunks, and at least two tiles. */
  private static int smallPatches(int outputs) {
    return Math.max(1, 2 * MR / chunkPatches(outputs)) * chunkPatches(outputs);
  }

  /** Floats of the points and products of such a task. */
  private static int own(int outputs) {
    int rows = Lanes.roundUp(smallPatches(outputs), MR);
    int points = (outputs + 2) * (outputs + 2);
    int in = WinogradPatches.plane(rows * WinogradPatches.stride(SMALL));
    return points * (in + WinogradPatches.plane(rows * SMALL));
  }

  private int chunks() {
    return Lanes.ceilDiv(input.patches(), chunkPatches);
  }

  @Override
  public void run(Operand src, Weights weights, Tensor dst, Tensor addend, Epilogue epilogue) {
    this.src = src;
    this.weights = weights.values();
    this.weightsAt = weights.at();
    this.u = weightsInProduct ? null : matrices.run(this.weights, weightsAt);
    result.bind(dst, addend, epilogue, chunks(), weights);
    if (small) {
      scratch.pool().run(Lanes.ceilDiv(input.patches(), groupPatches), all);
    } else {
      runInSteps();
    }
    // Whoever keeps the transformed weights may release their memory.
    u = null;
  }

  /** Transforms, multiplies and transforms back group by group, each on all threads. */
  private void runInSteps() {
    shared = scratch.partials(points * (inPlane + outPlane));
    for (first = 0; first < input.patches(); first += groupPatches) {
      count = Math.min(groupPatches, input.patches() - first);
      scratch.pool().run(Lanes.ceilDiv(count, chunkPatches) * input.parts(), transformInput);
      if (weightsInProduct) {
        scratch.pool().run(transform.points * panels, multiplyWeights);
      } else {
        int parts = Lanes.ceilDiv(count, PRODUCT_ROWS);
        scratch.pool().run(points * panels * parts, multiply);
      }
      scratch.pool().run(Lanes.ceilDiv(count, chunkPatches) * panels, transformOutput);
    }
  }

  private void all(int index, int thread) {
    float[] local = scratch.local();
    int inAt = scratch.localAt(thread) + OWN_AT;
    int outAt = inAt + points * inPlane;
    int patch = index * groupPatches;
    int end = Math.min(input.patches(), patch + groupPatches);
    int rows = end - patch;
    for (int part = 0; part < input.parts(); part++) {
      transformInput(patch, rows, part, local, inAt, thread);
    }
    for (int point = 0; point < points; point++) {
      for (int panel = 0; panel < panels; panel++) {
        multiply(point, panel, 0, rows, local, inAt, outAt);
      }
    }
    for (int p = 0; p < rows; p += chunkPatches) {
      int chunkRows = Math.min(chunkPatches, rows - p);
      for (int panel = 0; panel < panels; panel++) {
        transformOutput(patch + p, chunkRows, panel, local, outAt + p * NR, thread);
      }
    }
  }

  private void transformInput(int index, int thread) {
    int row = index / input.parts() * chunkPatches;
    int rows = Math.min(chunkPatches, count - row);
    int at = Arena.FIRST + row * stride;
    transformInput(first + row, rows, index % input.parts(), shared, at, thread);
  }

  private void multiply(int index, int thread) {
    int parts = Lanes.ceilDiv(count, PRODUCT_ROWS);
    int size = Lanes.roundUp(Lanes.ceilDiv(count, parts), MR);
    int row = index % parts * size;
    int rows = Math.min(size, count - row);
    int panel = index / parts % panels;
    int point = index / parts / panels;
    if (rows > 0) {
      multiply(point, panel, row, rows, shared, Arena.FIRST, Arena.FIRST + points * inPlane);
    }
  }

  /** Multiplies the points of one row with a panel of weights that it transforms itself. */
  private void multiplyWeights(int index, int thread) {
    int side = transform.points;
    int row = index % side;
    int panel = index / side;
    float[] local = scratch.local();
    int scratchAt = scratch.localAt(thread);
    int block = scratchAt + WinogradFilter.SCRATCH;
    int plane = Gemm.DEPTH * NR;
    for (int k = 0; k < depth; k += Gemm.DEPTH) {
      int terms = Math.min(Gemm.DEPTH, depth - k);
      for (int t = 0; t < terms; t += WinogradFilter.ROWS) {
        int rows = Math.min(WinogradFilter.ROWS, terms - t);
        matrices
            .filter()
            .block(
                weights,
                weightsAt,
                row,
                panel,
                k + t,
                rows,
                local,
                block + t * NR,
                plane,
                local,
                scratchAt);
      }
      for (int column = 0; column < side; column++) {
        int point = row * side + column;
        int a = Arena.FIRST + point * inPlane + k;
        int c = Arena.FIRST + points * inPlane + point * outPlane + panel * groupRows * NR;
        tiles(shared, a, count, local, block + column * plane, c, terms, k > 0, width(panel));
      }
    }
  }

  private void transformOutput(int index, int thread) {
    int row = index / panels * chunkPatches;
    int rows = Math.min(chunkPatches, count - row);
    int at = Arena.FIRST + points * inPlane + row * NR;
    transformOutput(first + row, rows, index % panels, shared, at, thread);
  }

  private void transformInput(int patch, int rows, int part, float[] v, int at, int thread) {
    float[] local = scratch.local();
    int localAt = scratch.localAt(thread);
    for (int p = 0; p < rows; p++) {
      input.transform(src, patch + p, part, local, localAt, v, at + p * stride, inPlane);
    }
  }

  private void multiply(
      int point, int panel, int row, int rows, float[] buffer, int inAt, int outAt) {
    int a = inAt + point * inPlane + row * stride;
    int b = Arena.FIRST + point * matrices.plane() + panel * matrices.panel();
    int c = outAt + point * outPlane + (panel * groupRows + row) * NR;
    for (int k = 0; k < depth; k += Gemm.DEPTH) {
      int terms = Math.min(Gemm.DEPTH, depth - k);
      tiles(buffer, a + k, rows, u, b + k * NR, c, terms, k > 0, width(panel));
    }
  }

  /** Returns the number of a panel's columns. */
  private int width(int panel) {
    return Math.min(NR, columns - panel * NR);
  }

  /**
   * Rows of the points times a block of depth of the weights; sums lie in the same array as the
   * points.
   */
  private void tiles(
      float[] buffer,
      int a,
      int rows,
      float[] b,
      int bAt,
      int c,
      int terms,
      boolean accumulate,
      int width) {
    for (int r = 0; r < rows; r += MR) {
      Tile.multiply(
          buffer,
          a + r * stride,
          stride,
          1,
          b,
          bAt,
          NR,
          buffer,
          c + r * NR,
          terms,
          accumulate,
          width);
    }
  }

  private void transformOutput(
      int patch, int patchRows, int panel, float[] products, int at, int thread) {
    float[] local = scratch.local();
    int[] pixels = scratch.pixels(thread);
    int half = scratch.localAt(thread) + WinogradPatches.SCRATCH;
    int to = scratch.localAt(thread) + ROWS_AT;
    int m = transform.outputs;
    int side = transform.points;
    int rows = 0;
    for (int p = 0; p < patchRows; p++) {
      int from = at + (panel * groupRows + p) * NR;
      for (int w = 0; w < side; w++) {
        int step = side * outPlane;
        transform.output(products, from + w * outPlane, step, local, half + w * NR, side * NR, NR);
      }
      int h0 = input.row(patch + p);
      int w0 = input.column(patch + p);
      int height = Math.min(m, dstH - h0);
      int width = Math.min(m, dstW - w0);
      int pixel = (input.image(patch + p) * dstH + h0) * dstW + w0;
      for (int h = 0; h < height; h++) {
        // Outputs outside the map are overwritten by the next row's.
        transform.output(local, half + h * side * NR, NR, local, to + rows * NR, NR, NR);
        for (int w = 0; w < width; w++) {
          pixels[rows++] = pixel + h * dstW + w;
        }
      }
    }
    result.take(local, to, rows, pixels, panel * NR, patch / chunkPatches);
  }
}
