package dev.lanewise.processor.spec;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Expansion;
import dev.lanewise.tensor.Window;

/**
 * A convolution, its batch normalisation, if any, and what follows.
 *
 * @param name the unit's own name
 * @param normName what the normalisation is called after; the name, unless the spec says otherwise
 * @param activationName what the activation is called after; the name, unless the spec says
 *     otherwise
 * @param filters number of filters; 0 where it is not fixed
 * @param filtersAt index into the stage's filters; -1 where the stage does not decide
 * @param expansion filters for each channel of the block's input; {@link Expansion#OF_STAGE} where
 *     the stage decides, 0 where they do not go by it
 * @param depthMultiplier filters for each channel of the unit's input, each of which is a group; 0
 *     for a convolution that is not depthwise
 * @param groups number of groups of a convolution that is not depthwise
 * @param window the window, with stride 1 where the block's stride is taken, of one pixel where the
 *     stage's kernel is
 * @param kernelOfStage whether height and width are the stage's
 * @param halfPad whether the padding then is half of what the window covers
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
    boolean kernelOfStage,
    boolean halfPad,
    boolean strideOfBlock,
    boolean bias,
    boolean normalized,
    Activation activation,
    GateSpec gate) {
  /**
   * Returns the number of filters.
   *
   * @param stage the stage's numbers
   * @param blockIn channels of the block's input
   * @param in channels of the unit's input
   */
  public int filters(StageNumbers stage, int blockIn, int in) {
    if (filtersAt >= 0) {
      return stage.filters().get(filtersAt);
    }
    if (expansion != 0) {
      return BlockSpec.product(expansionOfStage() ? stage.expansion() : expansion, blockIn);
    }
    return depthMultiplier > 0 ? BlockSpec.product(depthMultiplier, in) : filters;
  }

  /** Returns whether the stage decides on the expansion. */
  public boolean expansionOfStage() {
    return expansion == Expansion.OF_STAGE;
  }

  /** Returns whether the number of filters follows from what the block, or the unit, reads. */
  public boolean widens() {
    return expansion != 0 || depthMultiplier > 0;
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

  /**
   * Returns the window in a block.
   *
   * @param stage the stage's numbers
   * @param blockStride the block's stride, which counts where the unit takes it
   */
  public Window window(StageNumbers stage, int blockStride) {
    Window sized = kernelOfStage ? sized(stage.kernel()) : window;
    return strideOfBlock ? sized.withStride(blockStride, blockStride) : sized;
  }

  private Window sized(int kernel) {
    int rows = halfPad ? ((kernel - 1) * window.dh() + 1) / 2 : 0;
    int columns = halfPad ? ((kernel - 1) * window.dw() + 1) / 2 : 0;
    return new Window(
        kernel,
        kernel,
        window.sh(),
        window.sw(),
        window.padding(),
        rows,
        rows,
        columns,
        columns,
        window.dh(),
        window.dw());
  }
}
