package dev.lanewise.kernel.winograd;

import static dev.lanewise.kernel.Lanes.MR;
import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.kernel.ConvAlgorithm;
import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.gemm.Gather;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/**
 * Where Winograd's method is used, and by which transforms.
 *
 * <p>It is chosen where it should be faster, which is told from the number of multiply-adds and of
 * transformed values.
 */
public final class WinogradChoice {
  /** Multiply-adds that take as long as transforming a value. */
  private static final double TRANSFORMED = 24;

  /** The same for a weight, which becomes points where it is multiplied. */
  private static final double TRANSFORMED_WEIGHT = 12;

  private WinogradChoice() {}

  /**
   * Chooses for a product over the given left matrix.
   *
   * @param out shape of the map that is cut into patches of outputs, of the batch to choose for
   * @param columns columns of the product
   * @param fixedWeights whether weights are transformed once and for all
   * @return the transforms; null for the direct method
   */
  public static WinogradTransform transform(
      ConvAlgorithm algorithm,
      Window window,
      Gather gather,
      Shape out,
      int columns,
      boolean fixedWeights) {
    if (!possible(window) || algorithm == ConvAlgorithm.DIRECT) {
      return null;
    }
    WinogradTransform two = gather.isPair() ? new WinogradPair() : new Winograd2();
    WinogradTransform four = new Winograd4();
    if (algorithm != ConvAlgorithm.AUTO) {
      return algorithm == ConvAlgorithm.WINOGRAD_2 ? two : four;
    }
    int ic = gather.channels();
    int oc = Lanes.roundUp(columns, NR);
    double direct = 9.0 * Lanes.roundUp(out.pixels(), MR) * ic * oc * gather.share();
    double byTwo = cost(two, out, ic, oc, fixedWeights);
    double byFour = cost(four, out, ic, oc, fixedWeights);
    if (direct <= Math.min(byTwo, byFour)) {
      return null;
    }
    return byTwo < byFour ? two : four;
  }

  private static boolean possible(Window window) {
    return window.kh() == 3
        && window.kw() == 3
        && window.sh() == 1
        && window.sw() == 1
        && !window.isDilated();
  }

  private static double cost(
      WinogradTransform transform, Shape out, int ic, int oc, boolean fixedWeights) {
    int m = transform.outputs;
    int patches = out.n() * Lanes.ceilDiv(out.h(), m) * Lanes.ceilDiv(out.w(), m);
    double points = transform.points * transform.points;
    double weights = (double) ic * oc;
    return points
        * (Lanes.roundUp(patches, MR) * weights
            + TRANSFORMED * patches * (ic + oc)
            + (fixedWeights ? 0 : TRANSFORMED_WEIGHT * weights));
  }
}
