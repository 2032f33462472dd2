package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Layer;
import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.tensor.Window;

/**
 * The average pooling in front of a projection.
 *
 * @param name the layer's name, where stage and block may still be placeholders
 * @param window the window
 */
public record ShortcutPool(NamePattern name, Window window) {
  /** The layer of the class. */
  public static final Layer LAYER = new Layer(LayerType.AVERAGE_POOL, "shortcutPool");

  /** What it makes of x, and the projection reads. */
  static final Tensor POOLED = new Tensor("xPooled", new TensorShape.Output(LAYER, Given.X));

  /** Reads that. */
  static final View POOLED_IN = View.operand("xPooledIn", POOLED);

  /** The gradient of that. */
  static final Tensor GRADIENT = new Tensor("dxPooled", new TensorShape.Same(POOLED));

  /** What it makes in inference. */
  static final Tensor INFERRED = new Tensor("tPooled", new TensorShape.Output(LAYER, Given.T_IN));
}
