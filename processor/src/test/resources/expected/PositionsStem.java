package good;

import static dev.lanewise.spec.Activation.RELU;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.BatchNorm;
import dev.lanewise.layer.BatchNormTraining;
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
 * The stem of {@link Positions}.
 *
 * <pre>{@code
 * convFeatures_0  3x3 same  3 -> 5  -> bnFeatures_0 -> relu
 * pool            max 2x2 / 2
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class PositionsStem implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 3;
  private static final int CHANNELS_FEATURES_0 = 5;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_FEATURES_0 = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_OF_POOL = Window.valid(2, 2, 2, 2);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv convFeatures_0;
  private final BatchNorm bnFeatures_0;
  private final MaxPool pool;

  /** Makes the layers. */
  PositionsStem(Layers layers) {
    convFeatures_0 = layers.conv("features.0", WINDOW_FEATURES_0, CHANNELS_IN, CHANNELS_FEATURES_0,
        true, INITIALIZER);
    bnFeatures_0 = layers.batchNorm("features.1", CHANNELS_FEATURES_0);
    pool = layers.maxPool("features.3", WINDOW_OF_POOL);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConvFeatures_0 = convFeatures_0.outputShape(in);
    return pool.outputShape(afterConvFeatures_0);
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
    weights.fold(convFeatures_0, bnFeatures_0);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterFeatures_0 = graph.activation(RELU,
        graph.batchNorm(bnFeatures_0, graph.conv(convFeatures_0, x)));
    return graph.pool(pool, afterFeatures_0);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convFeatures_0;
    private final BatchNormTraining bnFeatures_0;
    private final MaxPoolTraining pool;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Operand xIn;
    private Tensor yFeatures_0;
    private Operand aFeatures_0;
    private Tensor out;
    private Tensor argmax;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Tensor dzFeatures_0;
    private Epilogue sumsFeatures_0;
    private Operand dyFeatures_0;

    Training(PositionsStem block, TrainingContext context) {
      convFeatures_0 = block.convFeatures_0.training(context, context.input());
      bnFeatures_0 = block.bnFeatures_0.training(context, convFeatures_0);
      pool = block.pool.training(context, bnFeatures_0);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      xIn = Operand.of(x);
      yFeatures_0 = arena.acquire(convFeatures_0.outputShape(x.shape()));
      aFeatures_0 = bnFeatures_0.activated(yFeatures_0, RELU);
      out = arena.acquire(pool.outputShape(yFeatures_0.shape()));
      argmax = arena.acquire(out.shape());
      return out;
    }

    @Override
    public void forward() {
      // convFeatures_0, and bnFeatures_0's sums
      convFeatures_0.forward(xIn, yFeatures_0, bnFeatures_0.statistics());
      bnFeatures_0.finishStatistics();
      // bnFeatures_0 -> relu -> pool
      pool.forward(aFeatures_0, out, argmax);
    }

    @Override
    public void backward() {
      // pool backward -> relu backward, and bnFeatures_0's sums
      pool.backward(dOut, argmax, dzFeatures_0, sumsFeatures_0);
      bnFeatures_0.finishGradients();
      // bnFeatures_0 backward, over yFeatures_0: two products read it many times
      bnFeatures_0.formInputGradient(dzFeatures_0, yFeatures_0);
      // gradients of convFeatures_0's weights
      convFeatures_0.backwardWeights(xIn, dyFeatures_0);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      // not read any more
      arena.release(out);
      dzFeatures_0 = arena.acquire(yFeatures_0.shape());
      sumsFeatures_0 = bnFeatures_0.gradientSums(yFeatures_0, RELU);
      // last used by pool.backward
      arena.release(dOut);
      arena.release(argmax);
      // last used by bnFeatures_0.formInputGradient
      arena.release(dzFeatures_0);
      dyFeatures_0 = Operand.of(yFeatures_0);
      // last used by convFeatures_0.backwardWeights
      arena.release(yFeatures_0);
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
    private final ConvInference convFeatures_0;
    private final PoolInference pool;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tFeatures_0;
    private Tensor tOut;

    Inference(PositionsStem block, InferenceContext context) {
      convFeatures_0 = block.convFeatures_0.inference(context);
      pool = block.pool.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tFeatures_0 = arena.acquire(convFeatures_0.outputShape(tIn.shape()));
      // last used by convFeatures_0.infer
      arena.release(tIn);
      tOut = arena.acquire(pool.outputShape(tFeatures_0.shape()));
      // last used by pool.infer
      arena.release(tFeatures_0);
      return tOut;
    }

    @Override
    public void infer() {
      // convFeatures_0 -> bnFeatures_0 -> relu
      convFeatures_0.infer(tIn, tFeatures_0, RELU);
      pool.infer(tFeatures_0, tOut);
    }
  }
}
