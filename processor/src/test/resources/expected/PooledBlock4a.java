package good;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.AveragePool;
import dev.lanewise.layer.AveragePoolTraining;
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
 * Block 4a of {@link Pooled}, as {@link PooledBareSum} declares it.
 *
 * <pre>{@code
 * convA  3x3 same  6 -> 7
 * convP  1x1       6 -> 7  on the shortcut
 * join   convA + convP -> relu
 * pool   average 2x2 / 2
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class PooledBlock4a implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 6;
  private static final int CHANNELS_A = 7;
  private static final int CHANNELS_P = 7;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_A = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_P = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_OF_POOL = Window.valid(2, 2, 2, 2);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv convA;
  private final Conv convP;
  private final AveragePool pool;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param block the block's letter
   */
  PooledBlock4a(Layers layers, String stage, String block) {
    convA = layers.conv("res" + stage + block + "_brancha", WINDOW_A, CHANNELS_IN, CHANNELS_A, true,
        INITIALIZER);
    convP = layers.conv("res" + stage + block + "_branchp", WINDOW_P, CHANNELS_IN, CHANNELS_P, true,
        INITIALIZER);
    pool = layers.averagePool("average_pooling2d_1", WINDOW_OF_POOL);
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
    weights.copy(convP);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterA = graph.conv(convA, x);
    String shortcut = graph.conv(convP, x);
    return graph.pool(pool, graph.activation(RELU, graph.add(afterA, shortcut)));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convA;
    private final ConvTraining convP;
    private final AveragePoolTraining pool;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor map;
    private Operand mapIn;
    private Tensor out;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Tensor dMap;
    private Epilogue outSums;
    private Operand dMapIn;
    private Tensor dx;

    Training(PooledBlock4a block, TrainingContext context) {
      convA = block.convA.training(context, context.input());
      convP = block.convP.training(context, context.input());
      pool = block.pool.training(context, convA);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      map = arena.acquire(convA.outputShape(x.shape()));
      mapIn = Operand.of(map);
      out = arena.acquire(pool.outputShape(map.shape()));
      return out;
    }

    @Override
    public void forward() {
      // convP, where the sum will stand
      convP.forward(xIn, map, NONE);
      // convA + convP -> relu
      convA.forward(xIn, map, map, RELU);
      pool.forward(mapIn, out);
    }

    @Override
    public void backward() {
      // pool backward -> relu backward, and the sums
      pool.backward(dOut, dMap, outSums);
      // gradients of convA's weights
      convA.backwardWeights(xIn, dMapIn);
      // gradients of convP's weights
      convP.backwardWeights(xIn, dMapIn);
      // convP backward
      convP.backwardData(dMapIn, dx);
      // convA backward + convP's, and what the block below wants
      convA.backwardData(dMapIn, dx, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      dMap = arena.acquire(map.shape());
      outSums = convA.gradientSums(map, RELU);
      // last used by pool.backward
      arena.release(dOut);
      arena.release(map);
      dMapIn = Operand.of(dMap);
      dx = arena.acquire(x.shape());
      // last used by convA.backwardData
      arena.release(dMap);
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
    private final ConvInference convP;
    private final PoolInference pool;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tP;
    private Tensor tOut;

    Inference(PooledBlock4a block, InferenceContext context) {
      convA = block.convA.inference(context);
      convP = block.convP.inference(context);
      pool = block.pool.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tP = arena.acquire(convP.outputShape(tIn.shape()));
      // last used by convA.infer
      arena.release(tIn);
      tOut = arena.acquire(pool.outputShape(tP.shape()));
      // last used by pool.infer
      arena.release(tP);
      return tOut;
    }

    @Override
    public void infer() {
      convP.infer(tIn, tP, NONE);
      // convA + convP -> relu
      convA.infer(tIn, tP, tP, RELU);
      pool.infer(tP, tOut);
    }
  }
}
