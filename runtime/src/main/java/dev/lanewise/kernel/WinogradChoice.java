package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.MR;
import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/**
 * Where Winograd's method is used, and how large its patches are.
 *
 * <p>It is chosen where it should be faster, which is told from the number of multiply-adds and of
 * transformed values. The answer is the outputs along one side of a patch, or 0 for the direct
 * method.
 */
final class WinogradChoice {
  /** Multiply-adds that take as long as transforming a value. */
  private static final double TRANSFORMED = 24;

  /** The same for a weight, which becomes points where it is multiplied. */
  private static final double TRANSFORMED_WEIGHT = 12;

  private WinogradChoice() {}

  /**
   * Chooses for a product over the given left matrix.
   *
   * @param out shape of the map that is cut into patches of outputs
   * @param columns columns of the product
   * @param fixedWeights whether weights are transformed once and for all
   */
  static int outputs(
      ConvAlgorithm algorithm,
      Window window,
      Gather gather,
      Shape out,
      int columns,
      boolean fixedWeights) {
    boolean possible = window.kh() == 3 && window.kw() == 3 && window.sh() == 1 && window.sw() == 1;
    if (!possible || algorithm != ConvAlgorithm.AUTO) {
      return possible ? algorithm.outputs : 0;
    }
    int ic = gather.channels();
    int oc = Lanes.roundUp(columns, NR);
    double direct = 9.0 * Lanes.roundUp(out.pixels(), MR) * ic * oc * gather.share();
    double two = cost(2, out, ic, oc, fixedWeights);
    double four = cost(4, out, ic, oc, fixedWeights);
    if (direct <= Math.min(two, four)) {
      return 0;
    }
    return two < four ? 2 : 4;
  }

  private static double cost(int outputs, Shape out, int ic, int oc, boolean fixedWeights) {
    double points = (outputs + 2) * (outputs + 2);
    int patches = out.n() * Lanes.ceilDiv(out.h(), outputs) * Lanes.ceilDiv(out.w(), outputs);
    double weights = (double) ic * oc;
    return points
        * (Lanes.roundUp(patches, MR) * weights
            + TRANSFORMED * patches * (ic + oc)
            + (fixedWeights ? 0 : TRANSFORMED_WEIGHT * weights));
  }
}
