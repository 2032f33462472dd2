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
 * The stem of {@link Plain}.
 *
 * <pre>{@code
 * convFirst  3x3  1 -> 5  -> bnFirst -> relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class PlainStem implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 1;
  private static final int CHANNELS_FIRST = 5;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_FIRST = Window.valid(3, 3, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv convFirst;
  private final BatchNorm bnFirst;

  /** Makes the layers. */
  PlainStem(Layers layers) {
    convFirst = layers.conv("first", WINDOW_FIRST, CHANNELS_IN, CHANNELS_FIRST, false, INITIALIZER);
    bnFirst = layers.batchNorm("bn_first", CHANNELS_FIRST);
  }

  @Override
  public Shape outputShape(Shape in) {
    return convFirst.outputShape(in);
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
    weights.fold(convFirst, bnFirst);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterFirst = graph.activation(RELU, graph.batchNorm(bnFirst, graph.conv(convFirst, x)));
    return afterFirst;
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convFirst;
    private final BatchNormTraining bnFirst;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Operand xIn;
    private Tensor yFirst;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Operand dyFirst;

    Training(PlainStem block, TrainingContext context) {
      convFirst = block.convFirst.training(context, context.input());
      bnFirst = block.bnFirst.training(context, convFirst);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      xIn = Operand.of(x);
      yFirst = arena.acquire(convFirst.outputShape(x.shape()));
      out = arena.acquire(yFirst.shape());
      join = Join.plain(bnFirst, yFirst, RELU, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // convFirst, and bnFirst's sums
      convFirst.forward(xIn, yFirst, bnFirst.statistics());
      bnFirst.finishStatistics();
      // bnFirst -> relu
      join.forward();
    }

    @Override
    public void backward() {
      // the sums came with dOut
      bnFirst.finishGradients();
      // bnFirst backward, over yFirst: two products read it many times
      bnFirst.formInputGradient(dOut, yFirst);
      // gradients of convFirst's weights
      convFirst.backwardWeights(xIn, dyFirst);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      // not read any more
      arena.release(out);
      // last used by bnFirst.formInputGradient
      arena.release(dOut);
      dyFirst = Operand.of(yFirst);
      // last used by convFirst.backwardWeights
      arena.release(yFirst);
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
    private final ConvInference convFirst;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tOut;

    Inference(PlainStem block, InferenceContext context) {
      convFirst = block.convFirst.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tOut = arena.acquire(convFirst.outputShape(tIn.shape()));
      // last used by convFirst.infer
      arena.release(tIn);
      return tOut;
    }

    @Override
    public void infer() {
      // convFirst -> bnFirst -> relu
      convFirst.infer(tIn, tOut, RELU);
    }
  }
}
