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
 * Block 2.0 of {@link Numbered}, as {@link Sum} declares it.
 *
 * <pre>{@code
 * conv1  3x3 / 2 same  8 -> 11  -> bn1
 * conv0  1x1 / 2       8 -> 11  on the shortcut
 * join   bn1 + conv0 -> relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class NumberedBlock2_0 implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 8;
  private static final int CHANNELS_1 = 11;
  private static final int CHANNELS_0 = 11;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_1 = Window.same(3, 3, 2, 2);
  private static final Window WINDOW_0 = Window.valid(1, 1, 2, 2);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.heNormal();

  /** The layers. */
  private final Conv conv1;
  private final BatchNorm bn1;
  private final Conv conv0;

  /** What names the layers. */
  private final String stage;
  private final String index;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param index the block's index, from 0
   */
  NumberedBlock2_0(Layers layers, String stage, String index) {
    this.stage = stage;
    this.index = index;
    conv1 = layers.conv("conv2d_" + layers.nextConv(), WINDOW_1, CHANNELS_IN, CHANNELS_1, true,
        INITIALIZER);
    bn1 = layers.batchNorm("batch_normalization_" + layers.nextBatchNorm(), CHANNELS_1);
    conv0 = layers.conv("conv2d_" + layers.nextConv(), WINDOW_0, CHANNELS_IN, CHANNELS_0, true,
        INITIALIZER);
  }

  @Override
  public Shape outputShape(Shape in) {
    return conv1.outputShape(in);
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
    weights.fold(conv1, bn1);
    weights.copy(conv0);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after1 = graph.batchNorm(bn1, graph.conv(conv1, x));
    String shortcut = graph.conv(conv0, x);
    return graph.activation(RELU, graph.add("stage" + stage + "_add" + index, shortcut, after1));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv1;
    private final BatchNormTraining bn1;
    private final ConvTraining conv0;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor y1;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dy1;
    private Operand dOutIn;
    private Tensor dx;

    Training(NumberedBlock2_0 block, TrainingContext context) {
      conv1 = block.conv1.training(context, context.input());
      bn1 = block.bn1.training(context, conv1);
      conv0 = block.conv0.training(context, context.input());
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      y1 = arena.acquire(conv1.outputShape(x.shape()));
      out = arena.acquire(y1.shape());
      join = Join.identity(bn1, y1, out, RELU, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // conv1, and bn1's sums
      conv1.forward(xIn, y1, bn1.statistics());
      bn1.finishStatistics();
      // conv0, where the sum will stand
      conv0.forward(xIn, out, NONE);
      // bn1 + conv0 -> relu
      join.forward();
    }

    @Override
    public void backward() {
      // the sums came with dOut
      bn1.finishGradients();
      // bn1 backward, over y1: two products read it many times
      bn1.formInputGradient(dOut, y1);
      // gradients of conv1's weights
      conv1.backwardWeights(xIn, dy1);
      // gradients of conv0's weights
      conv0.backwardWeights(xIn, dOutIn);
      // conv0 backward
      conv0.backwardData(dOutIn, dx);
      // conv1 backward + conv0's, and what the block below wants
      conv1.backwardData(dy1, dx, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      dy1 = Operand.of(y1);
      dOutIn = Operand.of(dOut);
      dx = arena.acquire(x.shape());
      // last used by conv0.backwardData
      arena.release(dOut);
      // last used by conv1.backwardData
      arena.release(y1);
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
    private final ConvInference conv1;
    private final ConvInference conv0;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t0;

    Inference(NumberedBlock2_0 block, InferenceContext context) {
      conv1 = block.conv1.inference(context);
      conv0 = block.conv0.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t0 = arena.acquire(conv0.outputShape(tIn.shape()));
      // last used by conv1.infer
      arena.release(tIn);
      return t0;
    }

    @Override
    public void infer() {
      conv0.infer(tIn, t0, NONE);
      // conv1 -> bn1 + conv0 -> relu
      conv1.infer(tIn, t0, t0, RELU);
    }
  }
}
