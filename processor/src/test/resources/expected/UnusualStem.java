package good;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.AveragePool;
import dev.lanewise.layer.AveragePoolTraining;
import dev.lanewise.layer.BatchNorm;
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
 * The stem of {@link Unusual}.
 *
 * <pre>{@code
 * conv0     5x3 same  4 -> 8  -> bn0 -> relu
 * convIn_2  1x1       8 -> 8  -> bnIn_2
 * pool      average 3x2 / 2 pad 1,1,0,1
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class UnusualStem implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 4;
  private static final int CHANNELS_0 = 8;
  private static final int CHANNELS_IN_2 = 8;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_0 = Window.same(5, 3, 1, 1);
  private static final Window WINDOW_IN_2 = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_OF_POOL = Window.padded(3, 2, 2, 2, 1, 1, 0, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.randomUniform(-0.1, 0.2, 7L);

  /** The layers. */
  private final Conv conv0;
  private final BatchNorm bn0;
  private final Conv convIn_2;
  private final BatchNorm bnIn_2;
  private final AveragePool pool;

  /** Makes the layers. */
  UnusualStem(Layers layers) {
    conv0 = layers.conv("conv0", WINDOW_0, CHANNELS_IN, CHANNELS_0, true, INITIALIZER);
    bn0 = layers.batchNorm("conv0_bn", CHANNELS_0);
    convIn_2 = layers.conv("in", WINDOW_IN_2, CHANNELS_0, CHANNELS_IN_2, true, INITIALIZER);
    bnIn_2 = layers.batchNorm("in_bn", CHANNELS_IN_2);
    pool = layers.averagePool("pool0", WINDOW_OF_POOL);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConv0 = conv0.outputShape(in);
    Shape afterConvIn_2 = convIn_2.outputShape(afterConv0);
    return pool.outputShape(afterConvIn_2);
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
    weights.fold(conv0, bn0);
    weights.fold(convIn_2, bnIn_2);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after0 = graph.activation(RELU, graph.batchNorm(bn0, graph.conv(conv0, x)));
    String afterIn_2 = graph.batchNorm(bnIn_2, graph.conv(convIn_2, after0));
    return graph.pool(pool, afterIn_2);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv0;
    private final BatchNormTraining bn0;
    private final ConvTraining convIn_2;
    private final BatchNormTraining bnIn_2;
    private final AveragePoolTraining pool;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Operand xIn;
    private Tensor y0;
    private Operand a0;
    private Tensor yIn_2;
    private Operand aIn_2;
    private Tensor out;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Tensor dzIn_2;
    private Epilogue sumsIn_2;
    private Operand dyIn_2;
    private Tensor dz0;
    private Epilogue sums0;
    private Operand dy0;

    Training(UnusualStem block, TrainingContext context) {
      conv0 = block.conv0.training(context, context.input());
      bn0 = block.bn0.training(context, conv0);
      convIn_2 = block.convIn_2.training(context, bn0);
      bnIn_2 = block.bnIn_2.training(context, convIn_2);
      pool = block.pool.training(context, bnIn_2);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      xIn = Operand.of(x);
      y0 = arena.acquire(conv0.outputShape(x.shape()));
      a0 = bn0.activated(y0, RELU);
      yIn_2 = arena.acquire(convIn_2.outputShape(y0.shape()));
      aIn_2 = bnIn_2.activated(yIn_2, NONE);
      out = arena.acquire(pool.outputShape(yIn_2.shape()));
      return out;
    }

    @Override
    public void forward() {
      // conv0, and bn0's sums
      conv0.forward(xIn, y0, bn0.statistics());
      bn0.finishStatistics();
      // bn0 -> relu -> convIn_2, and bnIn_2's sums
      convIn_2.forward(a0, yIn_2, bnIn_2.statistics());
      bnIn_2.finishStatistics();
      // bnIn_2 -> pool
      pool.forward(aIn_2, out);
    }

    @Override
    public void backward() {
      // pool backward, and bnIn_2's sums
      pool.backward(dOut, dzIn_2, sumsIn_2);
      bnIn_2.finishGradients();
      // bnIn_2 backward, over yIn_2: two products read it many times
      bnIn_2.formInputGradient(dzIn_2, yIn_2);
      // relu(bn0) -> gradients of convIn_2's weights
      convIn_2.backwardWeights(a0, dyIn_2);
      // convIn_2 backward -> relu backward, and bn0's sums
      convIn_2.backwardData(dyIn_2, dz0, sums0);
      bn0.finishGradients();
      // bn0 backward, over y0: two products read it many times
      bn0.formInputGradient(dz0, y0);
      // gradients of conv0's weights
      conv0.backwardWeights(xIn, dy0);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      // not read any more
      arena.release(out);
      dzIn_2 = arena.acquire(yIn_2.shape());
      sumsIn_2 = bnIn_2.gradientSums(yIn_2, NONE);
      // last used by pool.backward
      arena.release(dOut);
      // last used by bnIn_2.formInputGradient
      arena.release(dzIn_2);
      dyIn_2 = Operand.of(yIn_2);
      dz0 = arena.acquire(y0.shape());
      sums0 = bn0.gradientSums(y0, RELU);
      // last used by convIn_2.backwardData
      arena.release(yIn_2);
      // last used by bn0.formInputGradient
      arena.release(dz0);
      dy0 = Operand.of(y0);
      // last used by conv0.backwardWeights
      arena.release(y0);
      return null;
    }

    @Override
    public Epilogue outputGradient() {
      return null;
    }
  }

  /** An inference pass, over folded weights. */
  private static final class Inference implements BlockInference {
    /** The layers. */
    private final ConvInference conv0;
    private final ConvInference convIn_2;
    private final PoolInference pool;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t0;
    private Tensor tIn_2;
    private Tensor tOut;

    Inference(UnusualStem block, InferenceContext context) {
      conv0 = block.conv0.inference(context);
      convIn_2 = block.convIn_2.inference(context);
      pool = block.pool.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t0 = arena.acquire(conv0.outputShape(tIn.shape()));
      // last used by conv0.infer
      arena.release(tIn);
      tIn_2 = arena.acquire(convIn_2.outputShape(t0.shape()));
      // last used by convIn_2.infer
      arena.release(t0);
      tOut = arena.acquire(pool.outputShape(tIn_2.shape()));
      // last used by pool.infer
      arena.release(tIn_2);
      return tOut;
    }

    @Override
    public void infer() {
      // conv0 -> bn0 -> relu
      conv0.infer(tIn, t0, RELU);
      // convIn_2 -> bnIn_2
      convIn_2.infer(t0, tIn_2, NONE);
      pool.infer(tIn_2, tOut);
    }
  }
}
