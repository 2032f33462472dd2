package good;

import static dev.lanewise.spec.Activation.RELU6;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.BatchNorm;
import dev.lanewise.layer.BatchNormTraining;
import dev.lanewise.layer.Conv;
import dev.lanewise.layer.ConvInference;
import dev.lanewise.layer.ConvTraining;
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
import dev.lanewise.tensor.Window;
import dev.lanewise.train.KernelInitializer;
import dev.lanewise.train.KernelInitializers;
import javax.annotation.processing.Generated;

/**
 * The stem of {@link Grouped}.
 *
 * <pre>{@code
 * convFeatures_0_0  3x3 / 2 same  3 -> 8  -> bnFeatures_0_0 -> relu6
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class GroupedStem implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 3;
  private static final int CHANNELS_FEATURES_0_0 = 8;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_FEATURES_0_0 = Window.same(3, 3, 2, 2);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv convFeatures_0_0;
  private final BatchNorm bnFeatures_0_0;

  /** Makes the layers. */
  GroupedStem(Layers layers) {
    convFeatures_0_0 = layers.conv("features.0.0", WINDOW_FEATURES_0_0, CHANNELS_IN,
        CHANNELS_FEATURES_0_0, true, INITIALIZER);
    bnFeatures_0_0 = layers.batchNorm("features.0.1", CHANNELS_FEATURES_0_0);
  }

  @Override
  public Shape outputShape(Shape in) {
    return convFeatures_0_0.outputShape(in);
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
    weights.fold(convFeatures_0_0, bnFeatures_0_0);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterFeatures_0_0 = graph.activation(RELU6,
        graph.batchNorm(bnFeatures_0_0, graph.conv(convFeatures_0_0, x)));
    return afterFeatures_0_0;
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convFeatures_0_0;
    private final BatchNormTraining bnFeatures_0_0;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Operand xIn;
    private Tensor yFeatures_0_0;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Operand dyFeatures_0_0;

    Training(GroupedStem block, TrainingContext context) {
      convFeatures_0_0 = block.convFeatures_0_0.training(context, context.input());
      bnFeatures_0_0 = block.bnFeatures_0_0.training(context, convFeatures_0_0);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      xIn = Operand.of(x);
      yFeatures_0_0 = arena.acquire(convFeatures_0_0.outputShape(x.shape()));
      out = arena.acquire(yFeatures_0_0.shape());
      join = Join.plain(bnFeatures_0_0, yFeatures_0_0, RELU6, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // convFeatures_0_0, and bnFeatures_0_0's sums
      convFeatures_0_0.forward(xIn, yFeatures_0_0, bnFeatures_0_0.statistics());
      bnFeatures_0_0.finishStatistics();
      // bnFeatures_0_0 -> relu6
      join.forward();
    }

    @Override
    public void backward() {
      // the sums came with dOut
      bnFeatures_0_0.finishGradients();
      // bnFeatures_0_0 backward, over yFeatures_0_0: two products read it many times
      bnFeatures_0_0.formInputGradient(dOut, yFeatures_0_0);
      // gradients of convFeatures_0_0's weights
      convFeatures_0_0.backwardWeights(xIn, dyFeatures_0_0);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      // not read any more
      arena.release(out);
      // last used by bnFeatures_0_0.formInputGradient
      arena.release(dOut);
      dyFeatures_0_0 = Operand.of(yFeatures_0_0);
      // last used by convFeatures_0_0.backwardWeights
      arena.release(yFeatures_0_0);
      return null;
    }

    @Override
    public Epilogue outputGradient() {
      return outSums;
    }
  }

  /** An inference pass, over folded weights. */
  private static final class Inference implements BlockInference {
    /** The layers. */
    private final ConvInference convFeatures_0_0;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tOut;

    Inference(GroupedStem block, InferenceContext context) {
      convFeatures_0_0 = block.convFeatures_0_0.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tOut = arena.acquire(convFeatures_0_0.outputShape(tIn.shape()));
      // last used by convFeatures_0_0.infer
      arena.release(tIn);
      return tOut;
    }

    @Override
    public void infer() {
      // convFeatures_0_0 -> bnFeatures_0_0 -> relu6
      convFeatures_0_0.infer(tIn, tOut, RELU6);
    }
  }
}
