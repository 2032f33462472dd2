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
 * The end of the trunk of {@link Grouped}.
 *
 * <pre>{@code
 * convLast  1x1  48 -> 20  -> bnLast -> relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class GroupedTail implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 48;
  private static final int CHANNELS_LAST = 20;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_LAST = Window.valid(1, 1, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv convLast;
  private final BatchNorm bnLast;

  /** Makes the layers. */
  GroupedTail(Layers layers) {
    convLast = layers.conv("last", WINDOW_LAST, CHANNELS_IN, CHANNELS_LAST, true, INITIALIZER);
    bnLast = layers.batchNorm("last_bn", CHANNELS_LAST);
  }

  @Override
  public Shape outputShape(Shape in) {
    return convLast.outputShape(in);
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
    weights.fold(convLast, bnLast);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterLast = graph.activation(RELU, "last_relu",
        graph.batchNorm(bnLast, graph.conv(convLast, x)));
    return afterLast;
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convLast;
    private final BatchNormTraining bnLast;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor yLast;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dyLast;
    private Tensor dx;

    Training(GroupedTail block, TrainingContext context) {
      convLast = block.convLast.training(context, context.input());
      bnLast = block.bnLast.training(context, convLast);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      yLast = arena.acquire(convLast.outputShape(x.shape()));
      out = arena.acquire(yLast.shape());
      join = Join.plain(bnLast, yLast, RELU, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // convLast, and bnLast's sums
      convLast.forward(xIn, yLast, bnLast.statistics());
      bnLast.finishStatistics();
      // bnLast -> relu
      join.forward();
    }

    @Override
    public void backward() {
      // the sums came with dOut
      bnLast.finishGradients();
      // bnLast backward, over yLast: two products read it many times
      bnLast.formInputGradient(dOut, yLast);
      // gradients of convLast's weights
      convLast.backwardWeights(xIn, dyLast);
      // convLast backward, and what the block below wants
      convLast.backwardData(dyLast, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      // last used by bnLast.formInputGradient
      arena.release(dOut);
      dyLast = Operand.of(yLast);
      dx = arena.acquire(x.shape());
      // last used by convLast.backwardData
      arena.release(yLast);
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
    private final ConvInference convLast;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tOut;

    Inference(GroupedTail block, InferenceContext context) {
      convLast = block.convLast.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tOut = arena.acquire(convLast.outputShape(tIn.shape()));
      // last used by convLast.infer
      arena.release(tIn);
      return tOut;
    }

    @Override
    public void infer() {
      // convLast -> bnLast -> relu
      convLast.infer(tIn, tOut, RELU);
    }
  }
}
