package good;

import static dev.lanewise.spec.Activation.SILU;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.layer.BatchNorm;
import dev.lanewise.layer.BatchNormInference;
import dev.lanewise.layer.BatchNormTraining;
import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.InferenceContext;
import dev.lanewise.layer.Join;
import dev.lanewise.layer.Layers;
import dev.lanewise.layer.TrainingContext;
import dev.lanewise.network.Block;
import dev.lanewise.network.BlockInference;
import dev.lanewise.network.BlockTraining;
import dev.lanewise.network.GraphBuilder;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import javax.annotation.processing.Generated;

/**
 * The end of the trunk of {@link Activations}.
 *
 * <pre>{@code
 * bn  -> silu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class ActivationsTail implements Block {
  /** Channels of the input. */
  private static final int CHANNELS_IN = 12;

  /** The layers. */
  private final BatchNorm bn;

  /** Makes the layers. */
  ActivationsTail(Layers layers) {
    bn = layers.batchNorm("post_bn", CHANNELS_IN);
  }

  @Override
  public Shape outputShape(Shape in) {
    return in;
  }

  @Override
  public BlockTraining training(TrainingContext context) {
    return new Training(this, context);
  }

  @Override
  public BlockInference inference(InferenceContext context) {
    return new Inference(this, context);
  }

  @Override
  public void fold(FoldedWeights weights) {
    weights.copy(bn);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String activated = graph.activation(SILU, graph.batchNorm(bn, x));
    return activated;
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final BatchNormTraining bn;

    /** What forward reads and writes, and backward reads again. */
    private Tensor x;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Gradients. */
    private Tensor dOut;
    private Epilogue below;
    private Tensor dx;

    Training(ActivationsTail block, TrainingContext context) {
      bn = block.bn.training(context, context.input());
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      out = arena.acquire(x.shape());
      join = Join.plain(bn, x, SILU, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // bn's statistics of x
      bn.batchStatistics(x);
      // bn -> silu
      join.forward();
    }

    @Override
    public void backward() {
      // the sums came with dOut
      bn.finishGradients();
      // bn backward, and what the block below wants
      bn.backwardData(dOut, x, null, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      dx = arena.acquire(x.shape());
      // last used by bn.backwardData
      arena.release(dOut);
      return dx;
    }

    @Override
    public Epilogue outputGradient() {
      return outSums;
    }
  }

  /** An inference pass, over folded weights. */
  private static final class Inference implements BlockInference {
    /** The layers. */
    private final BatchNormInference bn;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tOut;

    Inference(ActivationsTail block, InferenceContext context) {
      bn = block.bn.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tOut = arena.acquire(tIn.shape());
      // last used by bn.infer
      arena.release(tIn);
      return tOut;
    }

    @Override
    public void infer() {
      // bn -> silu
      bn.infer(tIn, tOut, SILU);
    }
  }
}
