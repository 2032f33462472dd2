package good;

import static dev.lanewise.spec.Activation.NONE;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.Dense;
import dev.lanewise.layer.DenseInference;
import dev.lanewise.layer.DenseTraining;
import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.InferenceContext;
import dev.lanewise.layer.Layers;
import dev.lanewise.layer.TrainingContext;
import dev.lanewise.network.Block;
import dev.lanewise.network.BlockInference;
import dev.lanewise.network.BlockTraining;
import dev.lanewise.network.GraphBuilder;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.KernelInitializer;
import dev.lanewise.train.KernelInitializers;
import javax.annotation.processing.Generated;

/**
 * The head of {@link Plain}.
 *
 * <pre>{@code
 * dense  flatten, to classes
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class PlainHead implements Block {
  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Dense dense;

  /**
   * Makes the layers.
   *
   * @param in shape of the input, of any batch size
   */
  PlainHead(Layers layers, Shape in, int classes) {
    dense = layers.dense("fc" + classes, in, classes, INITIALIZER);
  }

  @Override
  public Shape outputShape(Shape in) {
    return dense.outputShape(in);
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
    weights.copy(dense);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    return graph.dense(dense, x);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final DenseTraining dense;

    /** What forward reads and writes, and backward reads again. */
    private Tensor x;
    private Operand xIn;
    private Tensor out;

    /** Gradients. */
    private Epilogue below;
    private Operand dOutIn;
    private Tensor dx;

    Training(PlainHead block, TrainingContext context) {
      dense = block.dense.training(context, context.input());
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      out = arena.acquire(dense.outputShape(x.shape()));
      return out;
    }

    @Override
    public void forward() {
      // flatten -> dense
      dense.forward(xIn, out, NONE);
    }

    @Override
    public void backward() {
      // gradients of dense's weights
      dense.backwardWeights(xIn, dOutIn);
      // dense backward, and what the block below wants
      dense.backwardData(dOutIn, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.below = below;
      // not read any more
      arena.release(out);
      dOutIn = Operand.of(dOut);
      dx = arena.acquire(x.shape());
      // last used by dense.backwardData
      arena.release(dOut);
      return dx;
    }

    @Override
    public Epilogue outputGradient() {
      return null;
    }
  }

  /** An inference pass, over folded weights. */
  private static final class Inference implements BlockInference {
    /** The layers. */
    private final DenseInference dense;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tOut;

    Inference(PlainHead block, InferenceContext context) {
      dense = block.dense.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tOut = arena.acquire(dense.outputShape(tIn.shape()));
      // last used by dense.infer
      arena.release(tIn);
      return tOut;
    }

    @Override
    public void infer() {
      // flatten -> dense
      dense.infer(tIn, tOut, NONE);
    }
  }
}
