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
 * Block 2_2 of {@link Positions}, as {@link PositionsRow} declares it.
 *
 * <pre>{@code
 * convA  3x3 same  6 -> 6  -> bnA -> relu
 * convB  3x3 same  6 -> 6
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class PositionsBlock2_2 implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 6;
  private static final int CHANNELS_A = 6;
  private static final int CHANNELS_B = 6;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_A = Window.same(3, 3, 1, 1);
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
   * @param position the number of layers before the block
   */
  PositionsBlock2_2(Layers layers, int position) {
    convA = layers.conv("features." + position, WINDOW_A, CHANNELS_IN, CHANNELS_A, true,
        INITIALIZER);
    bnA = layers.batchNorm("features." + (position + 1), CHANNELS_A);
    convB = layers.conv("features." + (position + 3), WINDOW_B, CHANNELS_A, CHANNELS_B, true,
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
    return afterB;
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
    private Tensor out;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Epilogue below;
    private Operand dOutIn;
    private Tensor dzA;
    private Epilogue sumsA;
    private Operand dyA;
    private Tensor dx;

    Training(PositionsBlock2_2 block, TrainingContext context) {
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
      out = arena.acquire(convB.outputShape(yA.shape()));
      return out;
    }

    @Override
    public void forward() {
      // convA, and bnA's sums
      convA.forward(xIn, yA, bnA.statistics());
      bnA.finishStatistics();
      // bnA -> relu -> convB
      convB.forward(aA, out, NONE);
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
      // convA backward, and what the block below wants
      convA.backwardData(dyA, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.below = below;
      // not read any more
      arena.release(out);
      dOutIn = Operand.of(dOut);
      dzA = arena.acquire(yA.shape());
      sumsA = bnA.gradientSums(yA, RELU);
      // last used by convB.backwardData
      arena.release(dOut);
      // last used by bnA.formInputGradient
      arena.release(dzA);
      dyA = Operand.of(yA);
      dx = arena.acquire(x.shape());
      // last used by convA.backwardData
      arena.release(yA);
      return dx;
    }

    @Override
    public Epilogue outputGradient() {
      return null;
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

    Inference(PositionsBlock2_2 block, InferenceContext context) {
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
      // convA -> bnA -> relu
      convA.infer(tIn, tA, RELU);
      // convB
      convB.infer(tA, tOut, NONE);
    }
  }
}
