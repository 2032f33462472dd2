package dev.lanewise.network;

import dev.lanewise.tensor.Tensor;

/** What training makes small, as a function of a network's logits. */
@FunctionalInterface
public interface LossFunction {
  /**
   * Returns the loss of a batch and writes its gradient.
   *
   * @param logits [N,1,1,classes]
   * @param dLogits of the same shape, overwritten
   * @return the loss, divided by what the gradient is divided by
   */
  double apply(Tensor logits, Tensor dLogits);
}
