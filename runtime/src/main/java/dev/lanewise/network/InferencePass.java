package dev.lanewise.network;

import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.PassMemory;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Tensor;
import java.util.List;

/**
 * Inference with batches of one size: fill {@link #input}, then call {@link #infer}. One thread at
 * a time may use a pass. Passes with memories and pools of their own run side by side, over the
 * same weights; a network whose normalisations use the batch's statistics has no such weights, and
 * reads its parameters.
 */
public final class InferencePass {
  private final Network network;
  private final FoldedWeights weights;
  private final PassMemory memory;
  private final PlannedInference plan;
  private final Tensor result;
  private final boolean hasTop;
  private final long freezing;
  private final int generation;

  /**
   * Plans a pass for n images.
   *
   * @param weights null where nothing can be folded
   */
  InferencePass(Network network, int n, FoldedWeights weights, PassMemory memory) {
    this.network = network;
    this.weights = weights;
    this.memory = memory;
    this.freezing = network.freezing();
    this.plan = new PlannedInference(network.inference(memory.scratch(), weights));
    ArenaPlan measured = memory.measuring();
    plan.walk(measured, network.inputShape(n));
    plan.walk(memory.plan(measured), network.inputShape(n));
    this.hasTop = network.hasTop();
    this.result = hasTop ? Tensor.zeros(plan.output().shape()) : plan.output();
    this.generation = memory.generation();
  }

  /** {@return the number of images of a batch} */
  public int images() {
    return plan.input().shape().n();
  }

  /**
   * {@return whether the pass can run: its memory was not given to a larger pass, and where it
   * reads parameters, no layer was frozen or unfrozen since it was planned}
   */
  public boolean isCurrent() {
    boolean follows = weights != null || freezing == network.freezing();
    return follows && generation == memory.generation();
  }

  /**
   * Takes over the memory, where it is shared, and returns the input, which the caller fills before
   * each {@link #infer}, which may overwrite it.
   *
   * @return the input [N,H,W,C]
   * @throws IllegalStateException where the pass is not {@link #isCurrent} any more
   */
  public Tensor input() {
    if (!isCurrent()) {
      throw new IllegalStateException(
          "the memory of this pass was given to a larger one, or layers were frozen or unfrozen;"
              + " plan another");
    }
    memory.take(this);
    return plan.input();
  }

  /**
   * Runs the network over the input.
   *
   * @return what the head makes of the logits, [N,1,1,classes]: with softmax the classes'
   *     probabilities; without a top the last map [N,H,W,C], which holds until the next pass over
   *     the memory
   * @throws IllegalStateException where the input was not filled, or another pass has taken over
   *     the memory since
   */
  public Tensor infer() {
    if (!isCurrent() || !memory.isHeldBy(this)) {
      throw new IllegalStateException("the input is not filled: call input() first");
    }
    if (weights != null) {
      weights.refresh();
    }
    List<BlockInference> blocks = plan.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).infer();
    }
    if (hasTop) {
      network.head().apply(plan.output(), result);
    }
    return result;
  }
}
