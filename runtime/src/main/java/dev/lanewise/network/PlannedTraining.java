package dev.lanewise.network;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A training pass's blocks and tensors: a walk forward and backward over a plan of an arena gives
 * them their places.
 */
final class PlannedTraining {
  private final List<BlockTraining> blocks;
  private final List<Tensor> outputs = new ArrayList<>();
  private Tensor input;
  private Tensor dLogits;

  PlannedTraining(List<BlockTraining> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /** Walks over a plan; the tensors of a walk before are void. */
  void walk(ArenaPlan arena, Shape inputShape) {
    input = arena.acquire(inputShape);
    outputs.clear();
    Tensor x = input;
    for (BlockTraining block : blocks) {
      x = block.planForward(arena, x);
      outputs.add(x);
    }
    dLogits = arena.acquire(x.shape());
    Tensor d = dLogits;
    for (int i = blocks.size() - 1; i >= 0; i--) {
      Epilogue below = i == 0 ? null : blocks.get(i - 1).outputGradient();
      d = blocks.get(i).planBackward(arena, d, below);
    }
    arena.release(input);
  }

  List<BlockTraining> blocks() {
    return blocks;
  }

  /** Returns the input [N,H,W,C]. */
  Tensor input() {
    return input;
  }

  /** Returns what each block puts out. */
  List<Tensor> outputs() {
    return outputs;
  }

  /** Returns the last block's output, [N,1,1,classes]. */
  Tensor logits() {
    return outputs.getLast();
  }

  /** Returns the gradient of the logits, of the same shape. */
  Tensor dLogits() {
    return dLogits;
  }
}
