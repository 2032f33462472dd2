package good;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;
import static dev.lanewise.spec.Activation.TANH;

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
 * Block 6a of {@link Bare}, as {@link BareCurvedSum} declares it.
 *
 * <pre>{@code
 * convA  1x1       6 -> 6  -> bnA -> relu
 * convB  3x3 same  6 -> 6
 * join   convB + x -> tanh
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class BareBlock6a implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 6;
  private static final int CHANNELS_A = 6;
  private static final int CHANNELS_B = 6;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_A = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_B = Window.same(3, 3, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv convA;
  private final BatchNorm bnA;
  private final Conv convB;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param block the block's letter
   */
  BareBlock6a(Layers layers, String stage, String block) {
    convA = layers.conv("res" + stage + block + "_brancha", WINDOW_A, CHANNELS_IN, CHANNELS_A, true,
        INITIALIZER);
    bnA = layers.batchNorm("bn" + stage + block + "_brancha", CHANNELS_A);
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
    weights.fold(convA, bnA);
    weights.copy(convB);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterA = graph.activation(RELU, graph.batchNorm(bnA, graph.conv(convA, x)));
    String afterB = graph.conv(convB, afterA);
    return graph.activation(TANH, graph.add(afterB, x));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convA;
    private final BatchNormTraining bnA;
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
    private Tensor dOut;
    private Epilogue below;
    private Operand dOutIn;
    private Tensor dzA;
    private Epilogue sumsA;
    private Operand dyA;
    private Tensor dx;

    Training(BareBlock6a block, TrainingContext context) {
      convA = block.convA.training(context, context.input());
      bnA = block.bnA.training(context, convA);
      convB = block.convB.training(context, bnA);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      yA = arena.acquire(convA.outputShape(x.shape()));
      aA = bnA.activated(yA, RELU);
      yB = arena.acquire(convB.outputShape(yA.shape()));
      out = arena.acquire(yB.shape());
      join = Join.identity(convB, yB, x, TANH, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // convA, and bnA's sums
      convA.forward(xIn, yA, bnA.statistics());
      bnA.finishStatistics();
      // bnA -> relu -> convB
      convB.forward(aA, yB, NONE);
      // convB + x -> tanh
      join.forward();
    }

    @Override
    public void backward() {
      // relu(bnA) -> gradients of convB's weights
      convB.backwardWeights(aA, dOutIn);
      // convB backward -> relu backward, and bnA's sums
      convB.backwardData(dOutIn, dzA, sumsA);
      bnA.finishGradients();
      // bnA backward, over yA: two products read it many times
      bnA.formInputGradient(dzA, yA);
      // gradients of convA's weights
      convA.backwardWeights(xIn, dyA);
      // convA backward + dOut, and what the block below wants
      convA.backwardData(dyA, dx, dOut, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(yB);
      arena.release(out);
      dOutIn = Operand.of(dOut);
      dzA = arena.acquire(yA.shape());
      sumsA = bnA.gradientSums(yA, RELU);
      // last used by bnA.formInputGradient
      arena.release(dzA);
      dyA = Operand.of(yA);
      dx = arena.acquire(x.shape());
      // last used by convA.backwardData
      arena.release(yA);
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
    private final ConvInference convB;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tA;

    Inference(BareBlock6a block, InferenceContext context) {
      convA = block.convA.inference(context);
      convB = block.convB.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tA = arena.acquire(convA.outputShape(tIn.shape()));
      // last used by convB.infer
      arena.release(tA);
      return tIn;
    }

    @Override
    public void infer() {
      // convA -> bnA -> relu
      convA.infer(tIn, tA, RELU);
      // convB + x -> tanh
      convB.infer(tA, tIn, tIn, TANH);
    }
  }
}
