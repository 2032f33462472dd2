package good;

import static dev.lanewise.spec.Activation.LEAKY_RELU;
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
 * Block 2a of {@link Bare}, as {@link BareRow} declares it.
 *
 * <pre>{@code
 * convA  3x3 same  9 -> 9  -> leaky_relu
 * convB  1x1       9 -> 4
 * convC  1x1       4 -> 8  -> bnC -> relu
 * convD  3x3 same  8 -> 9  -> relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class BareBlock2a implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 9;
  private static final int CHANNELS_A = 9;
  private static final int CHANNELS_B = 4;
  private static final int CHANNELS_C = 8;
  private static final int CHANNELS_D = 9;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_A = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_B = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_C = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_D = Window.same(3, 3, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv convA;
  private final Conv convB;
  private final Conv convC;
  private final BatchNorm bnC;
  private final Conv convD;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param block the block's letter
   */
  BareBlock2a(Layers layers, String stage, String block) {
    convA = layers.conv("res" + stage + block + "_brancha", WINDOW_A, CHANNELS_IN, CHANNELS_A, true,
        INITIALIZER);
    convB = layers.conv("res" + stage + block + "_branchb", WINDOW_B, CHANNELS_A, CHANNELS_B, true,
        INITIALIZER);
    convC = layers.conv("res" + stage + block + "_branchc", WINDOW_C, CHANNELS_B, CHANNELS_C, true,
        INITIALIZER);
    bnC = layers.batchNorm("bn" + stage + block + "_branchc", CHANNELS_C);
    convD = layers.conv("res" + stage + block + "_branchd", WINDOW_D, CHANNELS_C, CHANNELS_D, false,
        INITIALIZER);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConvA = convA.outputShape(in);
    Shape afterConvB = convB.outputShape(afterConvA);
    Shape afterConvC = convC.outputShape(afterConvB);
    return convD.outputShape(afterConvC);
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
    weights.fold(convC, bnC);
    weights.copy(convD);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterA = graph.activation(LEAKY_RELU, graph.conv(convA, x));
    String afterB = graph.conv(convB, afterA);
    String afterC = graph.activation(RELU, graph.batchNorm(bnC, graph.conv(convC, afterB)));
    String afterD = graph.activation(RELU, graph.conv(convD, afterC));
    return afterD;
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convA;
    private final ConvTraining convB;
    private final ConvTraining convC;
    private final BatchNormTraining bnC;
    private final ConvTraining convD;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor yA;
    private Operand aA;
    private Tensor yB;
    private Operand aB;
    private Tensor yC;
    private Operand aC;
    private Tensor out;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Epilogue below;
    private Operand dOutIn;
    private Tensor dzC;
    private Epilogue sumsC;
    private Operand dyC;
    private Operand dyB;
    private Epilogue sumsA;
    private Operand dyA;
    private Tensor dx;

    Training(BareBlock2a block, TrainingContext context) {
      convA = block.convA.training(context, context.input());
      convB = block.convB.training(context, convA);
      convC = block.convC.training(context, convB);
      bnC = block.bnC.training(context, convC);
      convD = block.convD.training(context, bnC);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      yA = arena.acquire(convA.outputShape(x.shape()));
      aA = Operand.of(yA);
      yB = arena.acquire(convB.outputShape(yA.shape()));
      aB = Operand.of(yB);
      yC = arena.acquire(convC.outputShape(yB.shape()));
      aC = bnC.activated(yC, RELU);
      out = arena.acquire(convD.outputShape(yC.shape()));
      outSums = convD.gradientSums(out, RELU);
      return out;
    }

    @Override
    public void forward() {
      // convA -> leaky_relu
      convA.forward(xIn, yA, LEAKY_RELU);
      // convB
      convB.forward(aA, yB, NONE);
      // convC, and bnC's sums
      convC.forward(aB, yC, bnC.statistics());
      bnC.finishStatistics();
      // bnC -> relu -> convD -> relu
      convD.forward(aC, out, RELU);
    }

    @Override
    public void backward() {
      // relu(bnC) -> gradients of convD's weights
      convD.backwardWeights(aC, dOutIn);
      // convD backward -> relu backward, and bnC's sums
      convD.backwardData(dOutIn, dzC, sumsC);
      bnC.finishGradients();
      // bnC backward, over yC: two products read it many times
      bnC.formInputGradient(dzC, yC);
      // gradients of convC's weights
      convC.backwardWeights(aB, dyC);
      // convC backward, over yB, which no one reads any more
      convC.backwardData(dyC, yB);
      // gradients of convB's weights
      convB.backwardWeights(aA, dyB);
      // convB backward -> leaky_relu backward, and convA's sums, over yA
      convB.backwardData(dyB, yA, sumsA);
      // gradients of convA's weights
      convA.backwardWeights(xIn, dyA);
      // convA backward, and what the block below wants
      convA.backwardData(dyA, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.below = below;
      // not read any more
      arena.release(out);
      dOutIn = Operand.of(dOut);
      dzC = arena.acquire(yC.shape());
      sumsC = bnC.gradientSums(yC, RELU);
      // last used by convD.backwardData
      arena.release(dOut);
      // last used by bnC.formInputGradient
      arena.release(dzC);
      dyC = Operand.of(yC);
      // last used by convC.backwardData
      arena.release(yC);
      dyB = Operand.of(yB);
      sumsA = convA.gradientSums(yA, LEAKY_RELU);
      // last used by convB.backwardData
      arena.release(yB);
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
    private final ConvInference convC;
    private final ConvInference convD;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tA;
    private Tensor tB;
    private Tensor tC;
    private Tensor tOut;

    Inference(BareBlock2a block, InferenceContext context) {
      convA = block.convA.inference(context);
      convB = block.convB.inference(context);
      convC = block.convC.inference(context);
      convD = block.convD.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tA = arena.acquire(convA.outputShape(tIn.shape()));
      // last used by convA.infer
      arena.release(tIn);
      tB = arena.acquire(convB.outputShape(tA.shape()));
      // last used by convB.infer
      arena.release(tA);
      tC = arena.acquire(convC.outputShape(tB.shape()));
      // last used by convC.infer
      arena.release(tB);
      tOut = arena.acquire(convD.outputShape(tC.shape()));
      // last used by convD.infer
      arena.release(tC);
      return tOut;
    }

    @Override
    public void infer() {
      // convA -> leaky_relu
      convA.infer(tIn, tA, LEAKY_RELU);
      convB.infer(tA, tB, NONE);
      // convC -> bnC -> relu
      convC.infer(tB, tC, RELU);
      // convD -> relu
      convD.infer(tC, tOut, RELU);
    }
  }
}
