package dev.lanewise.processor.spec;

import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Window;
import java.util.List;

/**
 * A convolution, its batch normalisation, if any, and what follows.
 *
 * @param name the unit's own name
 * @param normName what the normalisation is called after; the name, unless the spec says otherwise
 * @param activationName what the activation is called after; the name, unless the spec says
 *     otherwise
 * @param filters number of filters; 0 where it is not fixed
 * @param filtersAt index into the stage's filters; -1 where the stage does not decide
 * @param expansion filters for each channel of the block's input; 0 where they do not go by it
 * @param depthMultiplier filters for each channel of the unit's input, each of which is a group; 0
 *     for a convolution that is not depthwise
 * @param groups number of groups of a convolution that is not depthwise
 * @param window the window, with stride 1 where the block's stride is taken
 * @param strideOfBlock whether the stride is the block's
 * @param bias whether the convolution has a bias
 * @param normalized whether a normalisation follows
 * @param activation what follows the normalisation
 * @param gate what the result is multiplied by; null for nothing
 */
public record UnitSpec(
    String name,
    String normName,
    String activationName,
    int filters,
    int filtersAt,
    int expansion,
    int depthMultiplier,
    int groups,
    Window window,
    boolean strideOfBlock,
    boolean bias,
    boolean normalized,
    Activation activation,
    GateSpec gate) {
  /**
   * Returns the number of filters.
   *
   * @param stageFilters the stage's numbers; empty in the stem
   * @param blockIn channels of the block's input
   * @param in channels of the unit's input
   */
  public int filters(List<Integer> stageFilters, int blockIn, int in) {
    if (filtersAt >= 0) {
      return stageFilters.get(filtersAt);
    }
    if (expansion > 0) {
      return BlockSpec.product(expansion, blockIn);
    }
    return depthMultiplier > 0 ? BlockSpec.product(depthMultiplier, in) : filters;
  }

  /** Returns whether the number of filters is the same wherever the unit is used. */
  public boolean fixed() {
    return filters > 0;
  }

  /**
   * Returns the number of groups.
   *
   * @param in channels of the unit's input
   */
  public int groups(int in) {
    return depthMultiplier > 0 ? in : groups;
  }

  /** Returns the window in a block of a stride, which counts where the unit takes the block's. */
  public Window window(int blockStride) {
    return strideOfBlock ? window.withStride(blockStride, blockStride) : window;
  }
}
