package dev.lanewise.kernel.conv;

import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.gemm.ConvProduct;
import dev.lanewise.kernel.gemm.Gather;
import dev.lanewise.kernel.gemm.Gemm;
import dev.lanewise.kernel.gemm.GemmPhase;
import dev.lanewise.kernel.gemm.PaddedMap;
import dev.lanewise.kernel.gemm.TapWeightGradient;
import dev.lanewise.kernel.gemm.TransposedProduct;
import dev.lanewise.kernel.gemm.WeightGradient;
import dev.lanewise.kernel.gemm.WeightProduct;
import dev.lanewise.kernel.gemm.WeightTransposition;
import dev.lanewise.kernel.grouped.GroupedProduct;
import dev.lanewise.kernel.grouped.GroupedWeightGradient;
import dev.lanewise.kernel.grouped.Groups;
import dev.lanewise.kernel.winograd.FixedFilter;
import dev.lanewise.kernel.winograd.Winograd;
import dev.lanewise.kernel.winograd.WinogradChoice;
import dev.lanewise.kernel.winograd.WinogradFilter;
import dev.lanewise.kernel.winograd.WinogradMatrices;
import dev.lanewise.kernel.winograd.WinogradPatches;
import dev.lanewise.kernel.winograd.WinogradSliceGradient;
import dev.lanewise.kernel.winograd.WinogradTransform;
import dev.lanewise.kernel.winograd.WinogradWeightGradient;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/** The products of one convolution over inputs of one shape; made when they are first wanted. */
public final class ConvPlan {
  private final Scratch scratch;
  private final Window window;
  private final Groups groups;
  private final PackedMatrix weights;
  private final FixedFilter fixed;
  private final Shape src;
  private final Shape dst;

  /** The input with its border where the direct method reads that; null elsewhere. */
  private final PaddedMap map;

  private ConvProduct forward;
  private ConvProduct inference;
  private WeightProduct weightGradient;
  private ConvProduct backward;

  /**
   * Starts without products.
   *
   * @param groups how input and output fall into groups
   * @param weights layout of the weights
   * @param fixed the weights' points for inference, which plans share
   * @param src shape of the input
   */
  ConvPlan(
      Scratch scratch,
      Window window,
      Groups groups,
      PackedMatrix weights,
      FixedFilter fixed,
      Shape src) {
    this.scratch = scratch;
    this.window = window;
    this.groups = groups;
    this.weights = weights;
    this.fixed = fixed;
    this.src = src;
    this.dst = new Shape(src.n(), window.outH(src.h()), window.outW(src.w()), groups.outputs());
    this.map =
        !inGroups() && PaddedMap.pays(window, src)
            ? new PaddedMap(scratch, window, src, dst)
            : null;
  }

  private boolean inGroups() {
    return groups.count() > 1;
  }

  /** Returns the input's shape. */
  Shape src() {
    return src;
  }

  /** Returns conv(src). */
  ConvProduct forward() {
    if (forward == null) {
      forward =
          inGroups()
              ? GroupedProduct.forward(scratch, window, groups, weights, src, dst)
              : planForward(false);
    }
    return forward;
  }

  /** Returns conv(src) by weights that do not change. */
  ConvProduct inference() {
    if (inference == null) {
      inference = inGroups() ? forward() : planForward(true);
    }
    return inference;
  }

  private ConvProduct planForward(boolean fixedWeights) {
    int chosenFor = scratch.chosenFor(src.n());
    Gather gather = new Gather(src, window, chosenFor);
    Shape out = new Shape(chosenFor, dst.h(), dst.w(), dst.c());
    WinogradTransform transform = choose(gather, out, dst.c(), fixedWeights);
    if (transform != null) {
      WinogradMatrices matrices = matrices(transform, false, fixedWeights ? fixed : null);
      return new Winograd(scratch, transform, read(transform), matrices, dst.h(), dst.w(), dst.c());
    }
    if (map == null) {
      return direct(gather, fixedWeights);
    }
    ConvProduct inside = direct(map.gather(), fixedWeights);
    return (s, w, d, addend, epilogue) -> inside.run(map.copy(s), w, d, addend, epilogue);
  }

  private ConvProduct direct(Gather gather, boolean fixedWeights) {
    int depth = fixedWeights ? Gemm.INFERENCE_DEPTH : Gemm.DEPTH;
    GemmPhase[] phases = GemmPhase.byPlace(gather, weights, depth);
    return new Gemm(scratch, phases, 1, 1, dst.h(), dst.w(), dst.c());
  }

  /** Returns the gradient of the weights. */
  WeightProduct weightGradient() {
    if (weightGradient == null) {
      weightGradient =
          inGroups()
              ? new GroupedWeightGradient(scratch, window, groups, weights, src, dst)
              : planWeightGradient();
    }
    return weightGradient;
  }

  private WeightProduct planWeightGradient() {
    Gather gather = new Gather(src, window);
    WinogradTransform transform = choose(gather, dst, dst.c(), false);
    if (transform != null) {
      WinogradPatches gradients = WinogradPatches.gradients(transform, dst);
      return WinogradSliceGradient.fits(src.c(), weights)
          ? new WinogradSliceGradient(scratch, transform, read(transform), gradients, weights)
          : new WinogradWeightGradient(scratch, transform, read(transform), gradients, weights);
    }
    if (map != null) {
      WeightProduct inside = new WeightGradient(scratch, map.gather(), weights);
      return (s, dDst, dWeights, dWeightsAt) -> inside.run(map.copy(s), dDst, dWeights, dWeightsAt);
    }
    return gather.isByPlace()
        ? new TapWeightGradient(scratch, gather, weights)
        : new WeightGradient(scratch, gather, weights);
  }

  private WinogradTransform choose(Gather gather, Shape out, int columns, boolean fixedWeights) {
    return WinogradChoice.transform(
        scratch.algorithm(), window, gather, out, columns, fixedWeights);
  }

  private WinogradMatrices matrices(
      WinogradTransform transform, boolean backward, FixedFilter kept) {
    return new WinogradMatrices(scratch, new WinogradFilter(transform, weights, backward), kept);
  }

  /** What forward reads of src. */
  private WinogradPatches read(WinogradTransform transform) {
    return WinogradPatches.read(
        transform, src, window.padTop(src.h()), window.padLeft(src.w()), dst.h(), dst.w());
  }

  /** Returns the gradient of src, from that of dst. */
  ConvProduct backward() {
    if (backward == null) {
      backward =
          inGroups()
              ? GroupedProduct.backward(scratch, window, groups, weights, src, dst)
              : planBackward();
    }
    return backward;
  }

  private ConvProduct planBackward() {
    Gather whole = Gather.backward(dst, src, window, 0, 0, Gather.phaseTaps(src, window, 0, 0));
    WinogradTransform transform = choose(whole, src, src.c(), false);
    return transform != null ? winogradBackward(transform) : directBackward();
  }

  private ConvProduct directBackward() {
    int phasesH = Math.min(window.sh(), src.h());
    int phasesW = Math.min(window.sw(), src.w());
    GemmPhase[] phases = new GemmPhase[phasesH * phasesW];
    int[][] taps = new int[phases.length][];
    PackedMatrix[] matrices = new PackedMatrix[phases.length];
    int[] at = new int[phases.length + 1];
    int p = 0;
    for (int ph = 0; ph < phasesH; ph++) {
      for (int pw = 0; pw < phasesW; pw++) {
        taps[p] = Gather.phaseTaps(src, window, ph, pw);
        matrices[p] = new PackedMatrix(taps[p].length * dst.c(), src.c());
        phases[p] =
            GemmPhase.of(
                Gather.backward(dst, src, window, ph, pw, taps[p]), at[p], matrices[p], ph, pw);
        at[p + 1] = at[p] + matrices[p].size();
        p++;
      }
    }
    Gemm gemm =
        new Gemm(
            scratch,
            phases.length == 1
                ? GemmPhase.byPlace(phases[0].gather(), matrices[0], Gemm.DEPTH)
                : phases,
            window.sh(),
            window.sw(),
            src.h(),
            src.w(),
            src.c());
    return new TransposedProduct(
        scratch,
        new WeightTransposition(scratch, weights, src.c(), dst.c(), taps, matrices, at),
        gemm);
  }

  /** The same convolution over dDst, with the taps in opposite order. */
  private ConvProduct winogradBackward(WinogradTransform transform) {
    int padTop = window.kh() - 1 - window.padTop(src.h());
    int padLeft = window.kw() - 1 - window.padLeft(src.w());
    WinogradPatches patches =
        WinogradPatches.read(transform, dst, padTop, padLeft, src.h(), src.w());
    WinogradMatrices matrices = matrices(transform, true, null);
    return new Winograd(scratch, transform, patches, matrices, src.h(), src.w(), src.c());
  }
}
