package good;

import static dev.lanewise.spec.Activation.NONE;
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
 * Block aa of {@link Plain}, as {@link Pair} declares it.
 *
 * <pre>{@code
 * convWide  3x1 / 2  5 -> 6  -> bnWide -> relu
 * convFlat  1x3      6 -> 7  -> bnFlat
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class PlainBlockAa implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 5;
  private static final int CHANNELS_WIDE = 6;
  private static final int CHANNELS_FLAT = 7;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_WIDE = Window.valid(3, 1, 2, 2);
  private static final Window WINDOW_FLAT = Window.valid(1, 3, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv convWide;
  private final BatchNorm bnWide;
  private final Conv convFlat;
  private final BatchNorm bnFlat;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param block the block's letter
   */
  PlainBlockAa(Layers layers, String stage, String block) {
    convWide = layers.conv("res" + stage + block + "_branchwide", WINDOW_WIDE, CHANNELS_IN,
        CHANNELS_WIDE, true, INITIALIZER);
    bnWide = layers.batchNorm("bn" + stage + block + "_branchwide", CHANNELS_WIDE);
    convFlat = layers.conv("res" + stage + block + "_branchflat", WINDOW_FLAT, CHANNELS_WIDE,
        CHANNELS_FLAT, true, INITIALIZER);
    bnFlat = layers.batchNorm("bn" + stage + block + "_branchflat", CHANNELS_FLAT);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConvWide = convWide.outputShape(in);
    return convFlat.outputShape(afterConvWide);
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
    weights.fold(convWide, bnWide);
    weights.fold(convFlat, bnFlat);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterWide = graph.activation(RELU, graph.batchNorm(bnWide, graph.conv(convWide, x)));
    String afterFlat = graph.batchNorm(bnFlat, graph.conv(convFlat, afterWide));
    return afterFlat;
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convWide;
    private final BatchNormTraining bnWide;
    private final ConvTraining convFlat;
    private final BatchNormTraining bnFlat;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor yWide;
    private Operand aWide;
    private Tensor yFlat;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dyFlat;
    private Tensor dzWide;
    private Epilogue sumsWide;
    private Operand dyWide;
    private Tensor dx;

    Training(PlainBlockAa block, TrainingContext context) {
      convWide = block.convWide.training(context, context.input());
      bnWide = block.bnWide.training(context, convWide);
      convFlat = block.convFlat.training(context, bnWide);
      bnFlat = block.bnFlat.training(context, convFlat);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      yWide = arena.acquire(convWide.outputShape(x.shape()));
      aWide = bnWide.activated(yWide, RELU);
      yFlat = arena.acquire(convFlat.outputShape(yWide.shape()));
      out = arena.acquire(yFlat.shape());
      join = Join.plain(bnFlat, yFlat, NONE, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // convWide, and bnWide's sums
      convWide.forward(xIn, yWide, bnWide.statistics());
      bnWide.finishStatistics();
      // bnWide -> relu -> convFlat, and bnFlat's sums
      convFlat.forward(aWide, yFlat, bnFlat.statistics());
      bnFlat.finishStatistics();
      // bnFlat
      join.forward();
    }

    @Override
    public void backward() {
      // the sums came with dOut
      bnFlat.finishGradients();
      // bnFlat backward, over yFlat: two products read it many times
      bnFlat.formInputGradient(dOut, yFlat);
      // relu(bnWide) -> gradients of convFlat's weights
      convFlat.backwardWeights(aWide, dyFlat);
      // convFlat backward -> relu backward, and bnWide's sums
      convFlat.backwardData(dyFlat, dzWide, sumsWide);
      bnWide.finishGradients();
      // bnWide backward, over yWide: two products read it many times
      bnWide.formInputGradient(dzWide, yWide);
      // gradients of convWide's weights
      convWide.backwardWeights(xIn, dyWide);
      // convWide backward, and what the block below wants
      convWide.backwardData(dyWide, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      // last used by bnFlat.formInputGradient
      arena.release(dOut);
      dyFlat = Operand.of(yFlat);
      dzWide = arena.acquire(yWide.shape());
      sumsWide = bnWide.gradientSums(yWide, RELU);
      // last used by convFlat.backwardData
      arena.release(yFlat);
      // last used by bnWide.formInputGradient
      arena.release(dzWide);
      dyWide = Operand.of(yWide);
      dx = arena.acquire(x.shape());
      // last used by convWide.backwardData
      arena.release(yWide);
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
    private final ConvInference convWide;
    private final ConvInference convFlat;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tWide;
    private Tensor tOut;

    Inference(PlainBlockAa block, InferenceContext context) {
      convWide = block.convWide.inference(context);
      convFlat = block.convFlat.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tWide = arena.acquire(convWide.outputShape(tIn.shape()));
      // last used by convWide.infer
      arena.release(tIn);
      tOut = arena.acquire(convFlat.outputShape(tWide.shape()));
      // last used by convFlat.infer
      arena.release(tWide);
      return tOut;
    }

    @Override
    public void infer() {
      // convWide -> bnWide -> relu
      convWide.infer(tIn, tWide, RELU);
      // convFlat -> bnFlat
      convFlat.infer(tWide, tOut, NONE);
    }
  }
}
