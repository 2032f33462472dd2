package good;

import static dev.lanewise.spec.Activation.NONE;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.AveragePool;
import dev.lanewise.layer.AveragePoolTraining;
import dev.lanewise.layer.Dense;
import dev.lanewise.layer.DenseInference;
import dev.lanewise.layer.DenseTraining;
import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.InferenceContext;
import dev.lanewise.layer.Layers;
import dev.lanewise.layer.PoolInference;
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
 * The head of {@link ResNet20}.
 *
 * <pre>{@code
 * pool   global average
 * dense  flatten, to classes
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class ResNet20Head implements Block {
  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.heNormal();

  /** The layers. */
  private final AveragePool pool;
  private final Dense dense;

  /**
   * Makes the layers.
   *
   * @param in shape of the input, of any batch size
   */
  ResNet20Head(Layers layers, Shape in, int classes) {
    pool = layers.globalAveragePool("global_average_pooling2d_1");
    dense = layers.dense("fc" + classes, pool.outputShape(in), classes, INITIALIZER);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterPool = pool.outputShape(in);
    return dense.outputShape(afterPool);
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
    return graph.dense(dense, graph.pool(pool, x));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final AveragePoolTraining pool;
    private final DenseTraining dense;

    /** What forward reads and writes, and backward reads again. */
    private Tensor x;
    private Operand xIn;
    private Tensor p;
    private Operand pIn;
    private Tensor out;

    /** Gradients. */
    private Epilogue below;
    private Operand dOutIn;
    private Tensor dp;
    private Tensor dx;

    Training(ResNet20Head block, TrainingContext context) {
      pool = block.pool.training(context, context.input());
      dense = block.dense.training(context, pool);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      p = arena.acquire(pool.outputShape(x.shape()));
      pIn = Operand.of(p);
      out = arena.acquire(dense.outputShape(p.shape()));
      return out;
    }

    @Override
    public void forward() {
      pool.forward(xIn, p);
      // flatten -> dense
      dense.forward(pIn, out, NONE);
    }

    @Override
    public void backward() {
      // gradients of dense's weights
      dense.backwardWeights(pIn, dOutIn);
      // dense backward
      dense.backwardData(dOutIn, dp);
      // pool backward, and what the block below wants
      pool.backward(dp, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.below = below;
      // not read any more
      arena.release(out);
      dOutIn = Operand.of(dOut);
      // last used by dense.backwardWeights
      arena.release(p);
      dp = arena.acquire(p.shape());
      // last used by dense.backwardData
      arena.release(dOut);
      dx = arena.acquire(x.shape());
      // last used by pool.backward
      arena.release(dp);
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
    private final PoolInference pool;
    private final DenseInference dense;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tp;
    private Tensor tOut;

    Inference(ResNet20Head block, InferenceContext context) {
      pool = block.pool.inference(context);
      dense = block.dense.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tp = arena.acquire(pool.outputShape(tIn.shape()));
      // last used by pool.infer
      arena.release(tIn);
      tOut = arena.acquire(dense.outputShape(tp.shape()));
      // last used by dense.infer
      arena.release(tp);
      return tOut;
    }

    @Override
    public void infer() {
      pool.infer(tIn, tp);
      // flatten -> dense
      dense.infer(tp, tOut, NONE);
    }
  }
}
