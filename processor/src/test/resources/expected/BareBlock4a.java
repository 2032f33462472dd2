package good;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
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
 * Block 4a of {@link Bare}, as {@link BareSum} declares it.
 *
 * <pre>{@code
 * convA  3x3 / 2 same  7 -> 11  -> relu
 * convB  3x3 same      11 -> 11
 * convP  1x1 / 2       7 -> 11  on the shortcut
 * join   convB + convP -> relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class BareBlock4a implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 7;
  private static final int CHANNELS_A = 11;
  private static final int CHANNELS_B = 11;
  private static final int CHANNELS_P = 11;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_A = Window.same(3, 3, 2, 2);
  private static final Window WINDOW_B = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_P = Window.valid(1, 1, 2, 2);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv convA;
  private final Conv convB;
  private final Conv convP;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param block the block's letter
   */
  BareBlock4a(Layers layers, String stage, String block) {
    convA = layers.conv("res" + stage + block + "_brancha", WINDOW_A, CHANNELS_IN, CHANNELS_A, true,
        INITIALIZER);
    convB = layers.conv("res" + stage + block + "_branchb", WINDOW_B, CHANNELS_A, CHANNELS_B, true,
        INITIALIZER);
    convP = layers.conv("res" + stage + block + "_branchp", WINDOW_P, CHANNELS_IN, CHANNELS_P, true,
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
    weights.copy(convP);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterA = graph.activation(RELU, graph.conv(convA, x));
    String afterB = graph.conv(convB, afterA);
    String shortcut = graph.conv(convP, x);
    return graph.activation(RELU, graph.add(afterB, shortcut));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convA;
    private final ConvTraining convB;
    private final ConvTraining convP;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor yA;
    private Tensor out;
    private Operand aA;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Epilogue below;
    private Operand dOutIn;
    private Epilogue sumsA;
    private Operand dyA;
    private Tensor dx;

    Training(BareBlock4a block, TrainingContext context) {
      convA = block.convA.training(context, context.input());
      convB = block.convB.training(context, convA);
      convP = block.convP.training(context, context.input());
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      yA = arena.acquire(convA.outputShape(x.shape()));
      out = arena.acquire(convB.outputShape(yA.shape()));
      aA = Operand.of(yA);
      outSums = convB.gradientSums(out, RELU);
      return out;
    }

    @Override
    public void forward() {
      // convA -> relu
      convA.forward(xIn, yA, RELU);
      // convP, where the sum will stand
      convP.forward(xIn, out, NONE);
      // convB + convP -> relu
      convB.forward(aA, out, out, RELU);
    }

    @Override
    public void backward() {
      // gradients of convB's weights
      convB.backwardWeights(aA, dOutIn);
      // convB backward -> relu backward, and convA's sums, over yA
      convB.backwardData(dOutIn, yA, sumsA);
      // gradients of convA's weights
      convA.backwardWeights(xIn, dyA);
      // gradients of convP's weights
      convP.backwardWeights(xIn, dOutIn);
      // convP backward
      convP.backwardData(dOutIn, dx);
      // convA backward + convP's, and what the block below wants
      convA.backwardData(dyA, dx, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.below = below;
      // not read any more
      arena.release(out);
      dOutIn = Operand.of(dOut);
      sumsA = convA.gradientSums(yA, RELU);
      dyA = Operand.of(yA);
      dx = arena.acquire(x.shape());
      // last used by convP.backwardData
      arena.release(dOut);
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
    private final ConvInference convP;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tA;
    private Tensor tP;

    Inference(BareBlock4a block, InferenceContext context) {
      convA = block.convA.inference(context);
      convB = block.convB.inference(context);
      convP = block.convP.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tA = arena.acquire(convA.outputShape(tIn.shape()));
      tP = arena.acquire(convP.outputShape(tIn.shape()));
      // last used by convP.infer
      arena.release(tIn);
      // last used by convB.infer
      arena.release(tA);
      return tP;
    }

    @Override
    public void infer() {
      // convA -> relu
      convA.infer(tIn, tA, RELU);
      convP.infer(tIn, tP, NONE);
      // convB + convP -> relu
      convB.infer(tA, tP, tP, RELU);
    }
  }
}
