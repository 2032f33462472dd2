package dev.lanewise.network;

import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;

/**
 * An inference pass's blocks and tensors: a walk over a plan of an arena gives them their places.
 */
final class PlannedInference {
  private final List<BlockInference> blocks;
  private Tensor input;
  private Tensor output;

  /** A block of which nothing can be folded: it works as in training, in the other phase. */
  record Unfolded(BlockTraining block) implements BlockInference {
    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      return block.planForward(arena, x);
    }

    @Override
    public void infer() {
      block.forward();
    }
  }

  PlannedInference(List<BlockInference> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /** Walks over a plan; the tensors of a walk before are void. */
  void walk(ArenaPlan arena, Shape inputShape) {
    input = arena.acquire(inputShape);
    Tensor x = input;
    for (BlockInference block : blocks) {
      x = block.planInference(arena, x);
    }
    output = x;
  }

  List<BlockInference> blocks() {
    return blocks;
  }

  /** Returns the input [N,H,W,C]. */
  Tensor input() {
    return input;
  }

  /** Returns the last block's output: logits [N,1,1,classes], or a map without a top. */
  Tensor output() {
    return output;
  }
}
