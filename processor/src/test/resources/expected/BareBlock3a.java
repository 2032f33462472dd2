package good;

import static dev.lanewise.spec.Activation.GELU;
import static dev.lanewise.spec.Activation.HARD_SWISH;
import static dev.lanewise.spec.Activation.NONE;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
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
 * Block 3a of {@link Bare}, as {@link BareCurves} declares it.
 *
 * <pre>{@code
 * convA  1x1       9 -> 16  -> hard_swish
 * convB  3x3 same  16 -> 7  -> gelu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class BareBlock3a implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 9;
  private static final int CHANNELS_A = 16;
  private static final int CHANNELS_B = 7;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_A = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_B = Window.same(3, 3, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv convA;
  private final Conv convB;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param block the block's letter
   */
  BareBlock3a(Layers layers, String stage, String block) {
    convA = layers.conv("res" + stage + block + "_brancha", WINDOW_A, CHANNELS_IN, CHANNELS_A, true,
        INITIALIZER);
    convB = layers.conv("res" + stage + block + "_branchb", WINDOW_B, CHANNELS_A, CHANNELS_B, true,
        INITIALIZER);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConvA = convA.outputShape(in);
    return convB.outputShape(afterConvA);
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
    weights.copy(convB);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterA = graph.activation(HARD_SWISH, graph.conv(convA, x));
    String afterB = graph.activation(GELU, graph.conv(convB, afterA));
    return afterB;
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convA;
    private final ConvTraining convB;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor yA;
    private Operand aA;
    private Tensor yB;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Epilogue below;
    private Operand dOutIn;
    private Epilogue sumsA;
    private Operand dyA;
    private Tensor dx;

    Training(BareBlock3a block, TrainingContext context) {
      convA = block.convA.training(context, context.input());
      convB = block.convB.training(context, convA);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      yA = arena.acquire(convA.outputShape(x.shape()));
      aA = convA.activated(yA, HARD_SWISH);
      yB = arena.acquire(convB.outputShape(yA.shape()));
      out = arena.acquire(yB.shape());
      join = Join.plain(convB, yB, GELU, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // convA
      convA.forward(xIn, yA, NONE);
      // hard_swish -> convB
      convB.forward(aA, yB, NONE);
      // convB -> gelu
      join.forward();
    }

    @Override
    public void backward() {
      // hard_swish(convA) -> gradients of convB's weights
      convB.backwardWeights(aA, dOutIn);
      // convB backward -> hard_swish backward, and convA's sums, over yA
      convB.backwardData(dOutIn, yA, sumsA);
      // gradients of convA's weights
      convA.backwardWeights(xIn, dyA);
      // convA backward, and what the block below wants
      convA.backwardData(dyA, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.below = below;
      // not read any more
      arena.release(yB);
      arena.release(out);
      dOutIn = Operand.of(dOut);
      sumsA = convA.gradientSums(yA, HARD_SWISH);
      // last used by convB.backwardData
      arena.release(dOut);
      dyA = Operand.of(yA);
      dx = arena.acquire(x.shape());
      // last used by convA.backwardData
      arena.release(yA);
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
    private final ConvInference convB;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tA;
    private Tensor tOut;

    Inference(BareBlock3a block, InferenceContext context) {
      convA = block.convA.inference(context);
      convB = block.convB.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tA = arena.acquire(convA.outputShape(tIn.shape()));
      // last used by convA.infer
      arena.release(tIn);
      tOut = arena.acquire(convB.outputShape(tA.shape()));
      // last used by convB.infer
      arena.release(tA);
      return tOut;
    }

    @Override
    public void infer() {
      // convA -> hard_swish
      convA.infer(tIn, tA, HARD_SWISH);
      // convB -> gelu
      convB.infer(tA, tOut, GELU);
    }
  }
}
