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
import dev.lanewise.layer.PoolInference;
import dev.lanewise.layer.Subsampling;
import dev.lanewise.layer.SubsamplingTraining;
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
 * Blocks conv3_1 and conv3_2 of {@link PreActivated}, as {@link After} declares them.
 *
 * <pre>{@code
 * conv1        3x3 / 2 same  18 -> 18  -> bn1
 * subsampling  1x1 / 2 of x on the shortcut
 * join         bn1 + x -> relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class PreActivatedBlock3_1 implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 18;
  private static final int CHANNELS_1 = 18;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_1 = Window.same(3, 3, 2, 2);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv conv1;
  private final BatchNorm bn1;
  private final Subsampling subsampling;

  /** What names the layers. */
  private final String stage;
  private final String number;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param number the block's number, from 1
   */
  PreActivatedBlock3_1(Layers layers, String stage, String number) {
    this.stage = stage;
    this.number = number;
    conv1 = layers.conv(stage + "_block" + number + "_1_conv", WINDOW_1, CHANNELS_IN, CHANNELS_1,
        true, INITIALIZER);
    bn1 = layers.batchNorm(stage + "_block" + number + "_1_bn", CHANNELS_1);
    subsampling = layers.subsampling(2, 2);
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
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after1 = graph.batchNorm(bn1, graph.conv(conv1, x));
    String shortcut = graph.subsample(subsampling, x);
    return graph.activation(RELU, graph.add(stage + "_block" + number + "_out", after1, shortcut));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv1;
    private final BatchNormTraining bn1;
    private final SubsamplingTraining subsampling;

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
    private Tensor dx;

    Training(PreActivatedBlock3_1 block, TrainingContext context) {
      conv1 = block.conv1.training(context, context.input());
      bn1 = block.bn1.training(context, conv1);
      subsampling = block.subsampling.training(context, context.input());
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
      // x at every stride, where the sum will stand
      subsampling.forward(xIn, out);
      // bn1 + the shortcut -> relu
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
      // shortcut backward
      subsampling.backward(dOut, dx);
      // conv1 backward + the shortcut's, and what the block below wants
      conv1.backwardData(dy1, dx, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      dy1 = Operand.of(y1);
      dx = arena.acquire(x.shape());
      // last used by subsampling.backward
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
    private final PoolInference subsampling;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tShortcut;

    Inference(PreActivatedBlock3_1 block, InferenceContext context) {
      conv1 = block.conv1.inference(context);
      subsampling = block.subsampling.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tShortcut = arena.acquire(subsampling.outputShape(tIn.shape()));
      // last used by conv1.infer
      arena.release(tIn);
      return tShortcut;
    }

    @Override
    public void infer() {
      subsampling.infer(tIn, tShortcut);
      // conv1 -> bn1 + the shortcut -> relu
      conv1.infer(tIn, tShortcut, tShortcut, RELU);
    }
  }
}
