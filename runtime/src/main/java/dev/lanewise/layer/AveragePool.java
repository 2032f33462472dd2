package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;

/** Average pooling over the places of each window that lie inside the input. */
public final class AveragePool extends Layer {
  private final Window window;
  private final PoolKernel kernel;
  private final LastOperand inferred = new LastOperand();
  private Window whole;

  /** Pass null for window to average the whole map. */
  AveragePool(String name, Window window, Scratch scratch) {
    super(name);
    this.window = window;
    this.kernel = new PoolKernel(scratch, false);
  }

  /** Returns the window; null where the whole map is averaged. */
  public Window window() {
    return window;
  }

  /**
   * Returns the output's shape.
   *
   * @throws IllegalArgumentException where no window fits into the input, naming the layer
   */
  public Shape outputShape(Shape in) {
    return Windows.outputShape(name(), window(in), in);
  }

  private Window window(Shape in) {
    if (window != null) {
      return window;
    }
    if (whole == null || whole.kh() != in.h() || whole.kw() != in.w()) {
      whole = Window.valid(in.h(), in.w(), in.h(), in.w());
    }
    return whole;
  }

  /** dst = average of each window. */
  public void forward(Operand src, Tensor dst) {
    kernel.forward(window(src.tensor().shape()), src, dst, null);
  }

  /** dSrc = epilogue(gradient of forward's input), unless no one reads it; epilogue may be null. */
  public void backward(Tensor dDst, Tensor dSrc, Epilogue epilogue) {
    if (inputTrained()) {
      kernel.backward(window(dSrc.shape()), dDst, null, dSrc, epilogue);
    }
  }

  /** dst = average of each window. */
  public void infer(Tensor src, Tensor dst) {
    forward(inferred.of(src), dst);
  }
}
