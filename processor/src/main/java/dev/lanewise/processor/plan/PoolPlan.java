package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Layer;
import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import dev.lanewise.processor.spec.PoolSpec;
import dev.lanewise.spec.Pool;

/**
 * A pooling at the end of the stem or of a stage, or at the start of the head.
 *
 * @param spec the pooling
 */
public record PoolPlan(PoolSpec spec) {
  /** Returns the plan of a pooling; null where the spec has none. */
  static PoolPlan of(PoolSpec spec) {
    return spec.kind() == Pool.Kind.NONE ? null : new PoolPlan(spec);
  }

  /** Returns the layer of the class that pools: a max or an average pooling called {@code pool}. */
  public Layer layer() {
    return new Layer(max() ? LayerType.MAX_POOL : LayerType.AVERAGE_POOL, "pool");
  }

  /** Returns a tensor of the shape that the pooling makes of another's. */
  Tensor output(String name, Tensor in) {
    return new Tensor(name, new TensorShape.Output(layer(), in));
  }

  /** Returns training's forward call; a max pooling also notes which place of each window won. */
  Call forward(View in, Tensor out) {
    return max()
        ? Call.of(layer(), "forward", in, out, argmax(out))
        : Call.of(layer(), "forward", in, out);
  }

  /**
   * Returns the backward call.
   *
   * @param dOut gradient of the output
   * @param out the output itself
   * @param dst where the gradient of the input goes
   * @param epilogue what is done with it there
   */
  Call backward(Tensor dOut, Tensor out, Tensor dst, Value epilogue) {
    return max()
        ? Call.of(layer(), "backward", dOut, argmax(out), dst, epilogue)
        : Call.of(layer(), "backward", dOut, dst, epilogue);
  }

  /** Returns inference's call, which notes nothing for a backward pass. */
  Call infer(Tensor in, Tensor out) {
    return Call.of(layer(), "infer", in, out);
  }

  private boolean max() {
    return spec.kind() == Pool.Kind.MAX;
  }

  /** Returns where a max pooling notes which place of each window won. */
  private static Tensor argmax(Tensor out) {
    return new Tensor("argmax", new TensorShape.Same(out));
  }
}
