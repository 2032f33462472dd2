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
 * Block 5a of {@link Bare}, as {@link BareBesideNorm} declares it.
 *
 * <pre>{@code
 * convA  3x3 same  11 -> 6
 * convP  1x1       11 -> 6  -> bnP on the shortcut
 * join   convA + bnP -> relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class BareBlock5a implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 11;
  private static final int CHANNELS_A = 6;
  private static final int CHANNELS_P = 6;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_A = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_P = Window.valid(1, 1, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv convA;
  private final Conv convP;
  private final BatchNorm bnP;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param block the block's letter
   */
  BareBlock5a(Layers layers, String stage, String block) {
    convA = layers.conv("res" + stage + block + "_brancha", WINDOW_A, CHANNELS_IN, CHANNELS_A, true,
        INITIALIZER);
    convP = layers.conv("res" + stage + block + "_branchp", WINDOW_P, CHANNELS_IN, CHANNELS_P, true,
        INITIALIZER);
    bnP = layers.batchNorm("bn" + stage + block + "_branchp", CHANNELS_P);
  }

  @Override
  public Shape outputShape(Shape in) {
    return convA.outputShape(in);
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
    weights.fold(convP, bnP);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterA = graph.conv(convA, x);
    String shortcut = graph.batchNorm(bnP, graph.conv(convP, x));
    return graph.activation(RELU, graph.add(afterA, shortcut));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convA;
    private final ConvTraining convP;
    private final BatchNormTraining bnP;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor yA;
    private Tensor yP;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dOutIn;
    private Operand dyP;
    private Tensor dx;

    Training(BareBlock5a block, TrainingContext context) {
      convA = block.convA.training(context, context.input());
      convP = block.convP.training(context, context.input());
      bnP = block.bnP.training(context, convP);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      yA = arena.acquire(convA.outputShape(x.shape()));
      yP = arena.acquire(convP.outputShape(x.shape()));
      out = arena.acquire(yA.shape());
      join = Join.projection(convA, yA, bnP, yP, RELU, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // convA
      convA.forward(xIn, yA, NONE);
      // convP, and bnP's sums
      convP.forward(xIn, yP, bnP.statistics());
      bnP.finishStatistics();
      // convA + bnP -> relu
      join.forward();
    }

    @Override
    public void backward() {
      // gradients of convA's weights
      convA.backwardWeights(xIn, dOutIn);
      // the sums came with dOut
      bnP.finishGradients();
      // bnP backward, over yP: two products read it many times
      bnP.formInputGradient(dOut, yP);
      // gradients of convP's weights
      convP.backwardWeights(xIn, dyP);
      // convP backward
      convP.backwardData(dyP, dx);
      // convA backward + convP's, and what the block below wants
      convA.backwardData(dOutIn, dx, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(yA);
      arena.release(out);
      dOutIn = Operand.of(dOut);
      dyP = Operand.of(yP);
      dx = arena.acquire(x.shape());
      // last used by convP.backwardData
      arena.release(yP);
      // last used by convA.backwardData
      arena.release(dOut);
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
    private final ConvInference convA;
    private final ConvInference convP;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tP;

    Inference(BareBlock5a block, InferenceContext context) {
      convA = block.convA.inference(context);
      convP = block.convP.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tP = arena.acquire(convP.outputShape(tIn.shape()));
      // last used by convA.infer
      arena.release(tIn);
      return tP;
    }

    @Override
    public void infer() {
      // convP -> bnP
      convP.infer(tIn, tP, NONE);
      // convA + bnP -> relu
      convA.infer(tIn, tP, tP, RELU);
    }
  }
}
