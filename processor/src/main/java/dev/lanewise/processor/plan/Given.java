package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;

/** The values that all generated classes have: what their callers give them, and the results. */
public final class Given {
  /** The input of training's forward pass, which belongs to the block below. */
  public static final Tensor X = Tensor.given("x");

  /** The gradient of the output; the backward pass ends its lifetime. */
  public static final Tensor D_OUT = Tensor.given("dOut");

  /** The input of inference, which ends its lifetime. */
  public static final Tensor T_IN = Tensor.given("tIn");

  /** The gradient of the input. */
  static final Tensor DX = new Tensor("dx", new TensorShape.Same(X));

  /** The operand that reads x as it is. */
  static final View X_IN = View.operand("xIn", X);

  /** The operand that reads the gradient of the output. */
  static final View D_OUT_IN = View.operand("dOutIn", D_OUT);

  private Given() {}
}
