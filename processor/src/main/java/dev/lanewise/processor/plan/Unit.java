package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.UnitSpec;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Window;
import java.util.List;

/**
 * A unit with all its numbers.
 *
 * @param name the unit's own name
 * @param window the convolution's window
 * @param ic channels of the input
 * @param oc channels of the output
 * @param bias whether the convolution has a bias
 * @param normalized whether a normalisation follows
 * @param activation what follows the normalisation
 */
public record Unit(
    String name,
    Window window,
    int ic,
    int oc,
    boolean bias,
    boolean normalized,
    Activation activation) {
  /** Returns the number of its layers: convolution, normalisation, activation. */
  int layers() {
    return 1 + (normalized ? 1 : 0) + (activation == Activation.NONE ? 0 : 1);
  }

  /**
   * Returns a unit where it stands in a network.
   *
   * @param spec the unit as it is declared
   * @param ic channels of its input
   * @param filters the stage's numbers of filters; empty in the stem
   * @param stride the block's stride, which the unit takes where it says so
   */
  static Unit of(UnitSpec spec, int ic, List<Integer> filters, int stride) {
    return new Unit(
        spec.name(),
        spec.window(stride),
        ic,
        spec.filters(filters),
        spec.bias(),
        spec.normalized(),
        spec.activation());
  }
}
