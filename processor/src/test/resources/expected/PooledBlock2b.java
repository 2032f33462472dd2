package good;

import static dev.lanewise.spec.Activation.RELU;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.Conv;
import dev.lanewise.layer.ConvInference;
import dev.lanewise.layer.ConvTraining;
import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.InferenceContext;
import dev.lanewise.layer.Layers;
import dev.lanewise.layer.MaxPool;
import dev.lanewise.layer.MaxPoolTraining;
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
 * Block 2b of {@link Pooled}, as {@link PooledRow} declares it.
 *
 * <pre>{@code
 * convA  3x3 same  6 -> 6  -> relu
 * pool   max 2x2 / 2
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class PooledBlock2b implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 6;
  private static final int CHANNELS_A = 6;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_A = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_OF_POOL = Window.valid(2, 2, 2, 2);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv convA;
  private final MaxPool pool;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param block the block's letter
   */
  PooledBlock2b(Layers layers, String stage, String block) {
    convA = layers.conv("res" + stage + block + "_brancha", WINDOW_A, CHANNELS_IN, CHANNELS_A, true,
        INITIALIZER);
    pool = layers.maxPool("pool2", WINDOW_OF_POOL);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConvA = convA.outputShape(in);
    return pool.outputShape(afterConvA);
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
    weights.copy(convA);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterA = graph.activation(RELU, graph.conv(convA, x));
    return graph.pool(pool, afterA);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convA;
    private final MaxPoolTraining pool;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor yA;
    private Operand aA;
    private Tensor out;
    private Tensor argmax;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Epilogue sumsA;
    private Operand dyA;
    private Tensor dx;

    Training(PooledBlock2b block, TrainingContext context) {
      convA = block.convA.training(context, context.input());
      pool = block.pool.training(context, convA);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      yA = arena.acquire(convA.outputShape(x.shape()));
      aA = Operand.of(yA);
      out = arena.acquire(pool.outputShape(yA.shape()));
      argmax = arena.acquire(out.shape());
      return out;
    }

    @Override
    public void forward() {
      // convA -> relu
      convA.forward(xIn, yA, RELU);
      pool.forward(aA, out, argmax);
    }

    @Override
    public void backward() {
      // pool backward -> relu backward, and convA's sums, over yA
      pool.backward(dOut, argmax, yA, sumsA);
      // gradients of convA's weights
      convA.backwardWeights(xIn, dyA);
      // convA backward, and what the block below wants
      convA.backwardData(dyA, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      sumsA = convA.gradientSums(yA, RELU);
      // last used by pool.backward
      arena.release(dOut);
      arena.release(argmax);
      dyA = Operand.of(yA);
      dx = arena.acquire(x.shape());
      // last used by convA.backwardData
      arena.release(yA);
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
    private final ConvInference convA;
    private final PoolInference pool;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tA;
    private Tensor tOut;

    Inference(PooledBlock2b block, InferenceContext context) {
      convA = block.convA.inference(context);
      pool = block.pool.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tA = arena.acquire(convA.outputShape(tIn.shape()));
      // last used by convA.infer
      arena.release(tIn);
      tOut = arena.acquire(pool.outputShape(tA.shape()));
      // last used by pool.infer
      arena.release(tA);
      return tOut;
    }

    @Override
    public void infer() {
      // convA -> relu
      convA.infer(tIn, tA, RELU);
      pool.infer(tA, tOut);
    }
  }
}
