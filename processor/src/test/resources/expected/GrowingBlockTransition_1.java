package good;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.AveragePool;
import dev.lanewise.layer.AveragePoolTraining;
import dev.lanewise.layer.BatchNorm;
import dev.lanewise.layer.BatchNormInference;
import dev.lanewise.layer.BatchNormTraining;
import dev.lanewise.layer.Conv;
import dev.lanewise.layer.ConvInference;
import dev.lanewise.layer.ConvTraining;
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
import dev.lanewise.tensor.Window;
import dev.lanewise.train.KernelInitializer;
import dev.lanewise.train.KernelInitializers;
import javax.annotation.processing.Generated;

/**
 * Block transition_1 of {@link Growing}, as {@link Transition} declares it.
 *
 * <pre>{@code
 * bnNorm    -> relu
 * convConv  1x1  20 -> 10
 * pool      average 2x2 / 2
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class GrowingBlockTransition_1 implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 20;
  private static final int CHANNELS_CONV = 10;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_CONV = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_OF_POOL = Window.valid(2, 2, 2, 2);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final BatchNorm bnNorm;
  private final Conv convConv;
  private final AveragePool pool;

  /** What names the layers. */
  private final String stage;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   */
  GrowingBlockTransition_1(Layers layers, String stage) {
    this.stage = stage;
    bnNorm = layers.batchNorm(stage + ".norm", CHANNELS_IN);
    convConv = layers.conv(stage + ".conv", WINDOW_CONV, CHANNELS_IN, CHANNELS_CONV, false,
        INITIALIZER);
    pool = layers.averagePool("pool", WINDOW_OF_POOL);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConvConv = convConv.outputShape(in);
    return pool.outputShape(afterConvConv);
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
    weights.copy(bnNorm);
    weights.copy(convConv);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String activated = graph.activation(RELU, stage + ".relu", graph.batchNorm(bnNorm, x));
    String afterConv = graph.conv(convConv, activated);
    return graph.pool(pool, afterConv);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final BatchNormTraining bnNorm;
    private final ConvTraining convConv;
    private final AveragePoolTraining pool;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand aNorm;
    private Tensor yConv;
    private Operand aConv;
    private Tensor out;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dyConv;
    private Tensor dx;
    private Epilogue sumsNorm;

    Training(GrowingBlockTransition_1 block, TrainingContext context) {
      bnNorm = block.bnNorm.training(context, context.input());
      convConv = block.convConv.training(context, bnNorm);
      pool = block.pool.training(context, convConv);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      aNorm = bnNorm.activated(x, RELU);
      yConv = arena.acquire(convConv.outputShape(x.shape()));
      aConv = Operand.of(yConv);
      out = arena.acquire(pool.outputShape(yConv.shape()));
      return out;
    }

    @Override
    public void forward() {
      // bnNorm's statistics of x
      bnNorm.batchStatistics(x);
      // bnNorm -> relu -> convConv
      convConv.forward(aNorm, yConv, NONE);
      pool.forward(aConv, out);
    }

    @Override
    public void backward() {
      // pool backward, over yConv, which no one reads any more
      pool.backward(dOut, yConv, null);
      // relu(bnNorm) -> gradients of convConv's weights
      convConv.backwardWeights(aNorm, dyConv);
      // convConv backward -> relu backward, and bnNorm's sums
      convConv.backwardData(dyConv, dx, sumsNorm);
      bnNorm.finishGradients();
      // bnNorm backward, over dx, and what the block below wants
      bnNorm.backwardData(dx, x, null, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      // last used by pool.backward
      arena.release(dOut);
      dyConv = Operand.of(yConv);
      dx = arena.acquire(x.shape());
      sumsNorm = bnNorm.gradientSums(x, RELU);
      // last used by convConv.backwardData
      arena.release(yConv);
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
    private final BatchNormInference bnNorm;
    private final ConvInference convConv;
    private final PoolInference pool;

    /** What the layers read and write. */
    private Tensor tIn;
    private Operand tNorm;
    private Tensor tConv;
    private Tensor tOut;

    Inference(GrowingBlockTransition_1 block, InferenceContext context) {
      bnNorm = block.bnNorm.inference(context);
      convConv = block.convConv.inference(context);
      pool = block.pool.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tNorm = bnNorm.activated(tIn, RELU);
      tConv = arena.acquire(convConv.outputShape(tIn.shape()));
      // last used by convConv.infer
      arena.release(tIn);
      tOut = arena.acquire(pool.outputShape(tConv.shape()));
      // last used by pool.infer
      arena.release(tConv);
      return tOut;
    }

    @Override
    public void infer() {
      convConv.infer(tNorm, tConv, NONE);
      pool.infer(tConv, tOut);
    }
  }
}
