package dev.lanewise.benchmarks.block;

import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.layer.TrainingContext;
import dev.lanewise.network.Block;
import dev.lanewise.network.BlockTraining;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;

/**
 * A fused block by itself. In a network the block above masks and sums the gradient of this block's
 * output while it makes it; here that takes a pass of its own, in the guise of a pooling of single
 * pixels. So the measured gain of fusion is the least that it brings.
 */
final class FusedForm implements BlockForm {
  private static final Window PIXEL = Window.valid(1, 1, 1, 1);

  private final BlockTraining block;
  private final BlockParameters parameters;
  private final PoolKernel above;
  private final Tensor x;
  private final Tensor dAbove;

  private Tensor out;
  private Tensor dOut;
  private Tensor dx;

  /**
   * Plans a block.
   *
   * @param parameters the block's
   * @param dAbove gradient of the output, neither masked nor summed
   */
  FusedForm(Block block, BlockParameters parameters, Scratch scratch, Tensor x, Tensor dAbove) {
    this.parameters = parameters;
    this.block = block.training(new TrainingContext(scratch, parameters::gradients, true));
    this.above = new PoolKernel(scratch, false);
    this.x = x;
    this.dAbove = dAbove;
    ArenaPlan measured = ArenaPlan.measuring();
    plan(measured);
    plan(measured.allocate());
  }

  private void plan(ArenaPlan arena) {
    out = block.planForward(arena, x);
    dOut = arena.acquire(out.shape());
    dx = block.planBackward(arena, dOut, null);
  }

  @Override
  public Tensor forward() {
    block.forward();
    return out;
  }

  @Override
  public Tensor backward() {
    above.backward(PIXEL, dAbove, null, dOut, block.outputGradient());
    block.backward();
    return dx;
  }

  @Override
  public float[] gradient(String layer, String name) {
    return parameters.gradient(layer, name);
  }
}
