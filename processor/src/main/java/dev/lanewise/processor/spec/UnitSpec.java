package dev.lanewise.processor.spec;

import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Window;
import java.util.List;

/**
 * A convolution, its batch normalisation, if any, and what follows.
 *
 * @param name the unit's own name
 * @param filters number of filters; 0 where the stage decides
 * @param filtersAt index into the stage's filters; -1 where the number is fixed
 * @param window the window, with stride 1 where the block's stride is taken
 * @param strideOfBlock whether the stride is the block's
 * @param bias whether the convolution has a bias
 * @param normalized whether a normalisation follows
 * @param activation what follows the normalisation
 */
public record UnitSpec(
    String name,
    int filters,
    int filtersAt,
    Window window,
    boolean strideOfBlock,
    boolean bias,
    boolean normalized,
    Activation activation) {
  /** Returns the unit's own number of filters, or that of the stage which it picks. */
  public int filters(List<Integer> stageFilters) {
    return filtersAt < 0 ? filters : stageFilters.get(filtersAt);
  }

  /** Returns the window in a block of a stride, which counts where the unit takes the block's. */
  public Window window(int blockStride) {
    return strideOfBlock
        ? new Window(
            window.kh(),
            window.kw(),
            blockStride,
            blockStride,
            window.padding(),
            window.top(),
            window.bottom(),
            window.left(),
            window.right())
        : window;
  }
}
