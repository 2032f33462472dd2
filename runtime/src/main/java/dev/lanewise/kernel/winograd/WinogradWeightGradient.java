package dev.lanewise.kernel.winograd;

import static dev.lanewise.kernel.Lanes.MR;
import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.gemm.Tile;
import dev.lanewise.kernel.gemm.WeightProduct;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;

/**
 * dWeights of a 3x3 window of stride 1 by the adjoint of Winograd's method, see {@link
 * WinogradTransform}: patches of src and of dDst are transformed into points, for each point the
 * matrices [patches, IC] and [patches, OC] are multiplied to [IC, OC], and those are transformed
 * into the weights' taps. Patches come in groups that fit into the cache; each group adds to the
 * products, in order. Where the products are more than all else, a task makes some rows of them for
 * all points and transforms them at once, so that they never leave its cache.
 */
public final class WinogradWeightGradient implements WeightProduct {
  /** Patches of a task that transforms. */
  private static final int TRANSFORMED = 8;

  /** Most patches that are multiplied at a time. */
  private static final int DEPTH = 192;

  /** Rows of a product that a task computes. */
  private static final int RANGE = 96 / MR * MR;

  /** Rows of weights that a task transforms. */
  private static final int WEIGHT_ROWS = 16;

  /** Most floats of products that are written and read again. */
  private static final int PRODUCTS = 1 << 20;

  /** Rows of weights for which a task multiplies and transforms. */
  private static final int OWN_ROWS = 24 / MR * MR;

  /** Floats per thread. */
  private static final int LOCAL =
      Math.max(
          WinogradPatches.SCRATCH,
          WinogradTaps.SCRATCH + 36 * WinogradPatches.plane(OWN_ROWS * NR));

  private final Scratch scratch;
  private final WinogradPatches input;
  private final WinogradPatches gradients;
  private final WinogradTaps taps;
  private final int points;
  private final int ic;
  private final int panels;
  private final int ranges;
  private final int weightParts;
  private final int groupPatches;
  private final int leftStride;
  private final int rightStride;
  private final int leftPlane;
  private final int rightPlane;
  private final int outPanel;
  private final int outPlane;
  private final boolean ownProducts;

  private final Task transformInput = this::transformInput;
  private final Task transformGradients = this::transformGradients;
  private final Task multiply = this::multiply;
  private final Task multiplyAndTransform = this::multiplyAndTransform;
  private final Task transformProducts = this::transformProducts;

  private Operand src;
  private Operand dDst;
  private float[] dWeights;
  private int dWeightsAt;

  /** The group's points of src, then of dDst. */
  private float[] shared;

  private float[] products;
  private int first;
  private int count;

  /**
   * Plans the product of one shape.
   *
   * @param input patches of src
   * @param gradients patches of dDst
   * @param weights layout of the result, [9*IC, OC]
   */
  public WinogradWeightGradient(
      Scratch scratch,
      WinogradTransform transform,
      WinogradPatches input,
      WinogradPatches gradients,
      PackedMatrix weights) {
    this.scratch = scratch;
    this.taps = new WinogradTaps(transform, weights);
    this.input = input;
    this.gradients = gradients;
    this.points = transform.points * transform.points;
    this.ic = input.channels();
    this.panels = weights.panels();
    this.ranges = Lanes.ceilDiv(ic, RANGE);
    this.weightParts = Lanes.ceilDiv(ic, WEIGHT_ROWS);
    this.leftStride = WinogradPatches.stride(ic);
    this.rightStride = WinogradPatches.stride(panels * NR);
    int patchSize = points * (leftStride + rightStride);
    this.outPanel = Lanes.roundUp(ic, MR) * NR;
    this.outPlane = WinogradPatches.plane(panels * outPanel);
    this.ownProducts =
        (long) points * outPlane > PRODUCTS && input.patches() <= Winograd.SHARED_ONCE / patchSize;
    this.groupPatches =
        ownProducts ? input.patches() : Math.clamp(Winograd.SHARED / patchSize, 1, input.patches());
    this.leftPlane = WinogradPatches.plane(groupPatches * leftStride);
    this.rightPlane = WinogradPatches.plane(groupPatches * rightStride);
    scratch.reserve(LOCAL);
  }

  private int tasks() {
    return points * panels * ranges;
  }

  @Override
  public void run(Operand src, Operand dDst, float[] dWeights, int dWeightsAt) {
    this.src = src;
    this.dDst = dDst;
    this.dWeights = dWeights;
    this.dWeightsAt = dWeightsAt;
    shared = scratch.partials(points * (leftPlane + rightPlane));
    products = ownProducts ? scratch.local() : scratch.points(Math.multiplyExact(points, outPlane));
    for (first = 0; first < input.patches(); first += groupPatches) {
      count = Math.min(groupPatches, input.patches() - first);
      int parts = Lanes.ceilDiv(count, TRANSFORMED);
      scratch.pool().run(parts * input.parts(), transformInput);
      scratch.pool().run(parts * gradients.parts(), transformGradients);
      if (ownProducts) {
        scratch.pool().run(panels * Lanes.ceilDiv(ic, OWN_ROWS), multiplyAndTransform);
      } else {
        scratch.pool().run(tasks(), multiply);
      }
    }
    if (!ownProducts) {
      scratch.pool().run(panels * weightParts, transformProducts);
    }
  }

  private void transformInput(int index, int thread) {
    transform(input, src, leftStride, leftPlane, Arena.FIRST, index, thread);
  }

  private void transformGradients(int index, int thread) {
    int at = Arena.FIRST + points * leftPlane;
    transform(gradients, dDst, rightStride, rightPlane, at, index, thread);
  }

  private void transform(
      WinogradPatches patches,
      Operand operand,
      int stride,
      int plane,
      int at,
      int index,
      int thread) {
    int part = index % patches.parts();
    int row = index / patches.parts() * TRANSFORMED;
    int end = Math.min(count, row + TRANSFORMED);
    float[] local = scratch.local();
    int localAt = scratch.localAt(thread);
    for (; row < end; row++) {
      patches.transform(
          operand, first + row, part, local, localAt, shared, at + row * stride, plane);
    }
  }

  private void multiply(int index, int thread) {
    int row = index % ranges * RANGE;
    int end = Math.min(ic, row + RANGE);
    int panel = index / ranges % panels;
    int point = index / ranges / panels;
    int c = Arena.FIRST + point * outPlane + panel * outPanel + row * NR;
    multiply(point, panel, row, end, c);
  }

  /** Multiplies and transforms some rows of a panel. */
  private void multiplyAndTransform(int index, int thread) {
    int rowParts = Lanes.ceilDiv(ic, OWN_ROWS);
    int row = index % rowParts * OWN_ROWS;
    int end = Math.min(ic, row + OWN_ROWS);
    int panel = index / rowParts;
    int own = scratch.localAt(thread) + WinogradTaps.SCRATCH;
    int plane = WinogradPatches.plane(OWN_ROWS * NR);
    for (int point = 0; point < points; point++) {
      multiply(point, panel, row, end, own + point * plane);
    }
    transformProducts(panel, row, end, own, plane, thread);
  }

  private void multiply(int point, int panel, int row, int end, int c) {
    int a = Arena.FIRST + point * leftPlane;
    int b = Arena.FIRST + points * leftPlane + point * rightPlane + panel * NR;
    for (int k = 0; k < count; k += DEPTH) {
      int terms = Math.min(DEPTH, count - k);
      boolean accumulate = first + k > 0;
      for (int r = row; r < end; r += MR) {
        Tile.multiply(
            shared,
            a + k * leftStride + r,
            1,
            leftStride,
            shared,
            b + k * rightStride,
            rightStride,
            products,
            c + (r - row) * NR,
            terms,
            accumulate);
      }
    }
  }

  private void transformProducts(int index, int thread) {
    int panel = index / weightParts;
    int row = index % weightParts * WEIGHT_ROWS;
    int end = Math.min(ic, row + WEIGHT_ROWS);
    int from = Arena.FIRST + panel * outPanel + row * NR;
    transformProducts(panel, row, end, from, outPlane, thread);
  }

  private void transformProducts(int panel, int row, int end, int from, int plane, int thread) {
    float[] local = scratch.local();
    int at = scratch.localAt(thread);
    taps.transform(panel, row, end, products, from, plane, dWeights, dWeightsAt, local, at);
  }
}
