package dev.lanewise.network;

/**
 * Sees each block's gradients during a backward pass, as soon as they are final: the last block's
 * first. It may change them before an optimiser's step reads them: clip them, add those of other
 * batches, exchange them with other machines.
 */
@FunctionalInterface
public interface GradientListener {
  /**
   * Called once for each block, on the thread that runs the backward pass and between its parallel
   * regions. The backward pass goes on when this returns.
   *
   * @param gradients the block's gradients; the same object in each backward pass
   */
  void blockDone(BlockGradients gradients);
}
