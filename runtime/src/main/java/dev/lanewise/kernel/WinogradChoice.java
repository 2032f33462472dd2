package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.MR;
import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/**
 * Where Winograd's method is used, and how large its patches are.
 *
 * <p>It is chosen where it should be faster, which is told from the number of multiply-adds and of
 * transformed values. Each method returns the outputs along one side of a patch, or 0 for the
 * direct method.
 */
final class WinogradChoice {
  /** Multiply-adds that take as long as transforming a value. */
  private static final double TRANSFORMED = 24;

  /** The same for weights that don't fit into the cache. */
  private static final double TRANSFORMED_FAR = 48;

  /** Most transformed weights that fit into the cache. */
  private static final double NEAR = 1 << 22;

  private WinogradChoice() {}

  static int forward(
      ConvAlgorithm algorithm, Window window, Shape src, Shape dst, boolean fixedWeights) {
    return choose(algorithm, window, src.c(), dst, fixedWeights);
  }

  static int backward(ConvAlgorithm algorithm, Window window, Shape src, Shape dst) {
    return choose(algorithm, window, dst.c(), src, false);
  }

  static int weightGradient(ConvAlgorithm algorithm, Window window, Shape src, Shape dst) {
    return choose(algorithm, window, src.c(), dst, false);
  }

  private static int choose(
      ConvAlgorithm algorithm, Window window, int ic, Shape out, boolean fixedWeights) {
    boolean possible = window.kh() == 3 && window.kw() == 3 && window.sh() == 1 && window.sw() == 1;
    if (!possible || algorithm != ConvAlgorithm.AUTO) {
      return possible ? algorithm.outputs : 0;
    }
    double direct = 9.0 * Lanes.roundUp(out.pixels(), MR) * ic * columns(out);
    double two = cost(2, ic, out, fixedWeights);
    double four = cost(4, ic, out, fixedWeights);
    if (direct <= Math.min(two, four)) {
      return 0;
    }
    return two < four ? 2 : 4;
  }

  private static double cost(int outputs, int ic, Shape out, boolean fixedWeights) {
    double points = (outputs + 2) * (outputs + 2);
    int patches = out.n() * Lanes.ceilDiv(out.h(), outputs) * Lanes.ceilDiv(out.w(), outputs);
    double weights = (double) ic * columns(out);
    double weightCost = points * weights > NEAR ? TRANSFORMED_FAR : TRANSFORMED;
    return points
        * (Lanes.roundUp(patches, MR) * weights
            + TRANSFORMED * patches * (ic + columns(out))
            + (fixedWeights ? 0 : weightCost * weights));
  }

  private static int columns(Shape out) {
    return Lanes.roundUp(out.c(), NR);
  }
}
