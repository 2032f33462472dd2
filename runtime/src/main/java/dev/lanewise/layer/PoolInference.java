package dev.lanewise.layer;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A pooling or a subsampling in an inference pass. */
public final class PoolInference {
  private final PoolKernel kernel;
  private final UnaryOperator<Shape> outputShape;
  private final Function<Shape, Window> windows;
  private final LastOperand source = new LastOperand();
  private Window window;

  /**
   * Starts a pooling.
   *
   * @param outputShape the output's shape over an input's
   * @param windows the window over an input
   */
  PoolInference(
      PoolKernel kernel, UnaryOperator<Shape> outputShape, Function<Shape, Window> windows) {
    this.kernel = kernel;
    this.outputShape = outputShape;
    this.windows = windows;
  }

  /**
   * {@return the output's shape}
   *
   * @param in shape [N,IH,IW,C] of the input
   * @throws IllegalArgumentException where no window fits into the input, naming the layer
   */
  public Shape outputShape(Shape in) {
    return outputShape.apply(in);
  }

  /**
   * dst = the result of each window.
   *
   * @param src [N,IH,IW,C]
   * @param dst [N,OH,OW,C], overwritten
   */
  public void infer(Tensor src, Tensor dst) {
    infer(source.of(src), dst);
  }

  /**
   * As {@link #infer(Tensor, Tensor)}, of what is changed on the way in.
   *
   * @param src read as [N,IH,IW,C]
   * @param dst [N,OH,OW,C], overwritten
   */
  public void infer(Operand src, Tensor dst) {
    if (window == null) {
      window = windows.apply(src.tensor().shape());
    }
    kernel.forward(window, src, dst, null);
  }
}
