package good;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.BatchNorm;
import dev.lanewise.layer.BatchNormInference;
import dev.lanewise.layer.BatchNormTraining;
import dev.lanewise.layer.Conv;
import dev.lanewise.layer.ConvInference;
import dev.lanewise.layer.ConvTraining;
import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.InferenceContext;
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
 * Block conv2_3 of {@link PreActivated}, as {@link Before} declares it.
 *
 * <pre>{@code
 * bnPreact     -> relu
 * conv1        1x1                  18 -> 5  -> bn1 -> relu
 * conv2        3x3 / 2 pad 1,1,1,1  5 -> 5   -> bn2 -> relu
 * conv3        1x1                  5 -> 18
 * subsampling  1x1 / 2 of x on the shortcut
 * join         conv3 + x
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class PreActivatedBlock2_3 implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 18;
  private static final int CHANNELS_1 = 5;
  private static final int CHANNELS_2 = 5;
  private static final int CHANNELS_3 = 18;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_1 = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_2 = Window.padded(3, 3, 2, 2, 1, 1, 1, 1);
  private static final Window WINDOW_3 = Window.valid(1, 1, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final BatchNorm bnPreact;
  private final Conv conv1;
  private final BatchNorm bn1;
  private final Conv conv2;
  private final BatchNorm bn2;
  private final Conv conv3;
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
  PreActivatedBlock2_3(Layers layers, String stage, String number) {
    this.stage = stage;
    this.number = number;
    bnPreact = layers.batchNorm(stage + "_block" + number + "_preact_bn", CHANNELS_IN);
    conv1 = layers.conv(stage + "_block" + number + "_1_conv", WINDOW_1, CHANNELS_IN, CHANNELS_1,
        false, INITIALIZER);
    bn1 = layers.batchNorm(stage + "_block" + number + "_1_bn", CHANNELS_1);
    conv2 = layers.conv(stage + "_block" + number + "_2_conv", WINDOW_2, CHANNELS_1, CHANNELS_2,
        false, INITIALIZER);
    bn2 = layers.batchNorm(stage + "_block" + number + "_2_bn", CHANNELS_2);
    conv3 = layers.conv(stage + "_block" + number + "_3_conv", WINDOW_3, CHANNELS_2, CHANNELS_3,
        true, INITIALIZER);
    subsampling = layers.subsampling(2, 2);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConv1 = conv1.outputShape(in);
    Shape afterConv2 = conv2.outputShape(afterConv1);
    return conv3.outputShape(afterConv2);
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
    weights.copy(bnPreact);
    weights.fold(conv1, bn1);
    weights.fold(conv2, bn2);
    weights.copy(conv3);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String activated = graph.activation(RELU, stage + "_block" + number + "_preact_relu",
        graph.batchNorm(bnPreact, x));
    String after1 = graph.activation(RELU, stage + "_block" + number + "_1_relu",
        graph.batchNorm(bn1, graph.conv(conv1, activated)));
    String after2 = graph.activation(RELU, stage + "_block" + number + "_2_relu",
        graph.batchNorm(bn2, graph.conv(conv2, stage + "_block" + number + "_2_pad", after1)));
    String after3 = graph.conv(conv3, after2);
    String shortcut = graph.subsample(subsampling, x);
    return graph.add(stage + "_block" + number + "_out", shortcut, after3);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final BatchNormTraining bnPreact;
    private final ConvTraining conv1;
    private final BatchNormTraining bn1;
    private final ConvTraining conv2;
    private final BatchNormTraining bn2;
    private final ConvTraining conv3;
    private final SubsamplingTraining subsampling;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand aPreact;
    private Tensor y1;
    private Operand a1;
    private Tensor y2;
    private Operand xIn;
    private Tensor out;
    private Operand a2;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dOutIn;
    private Tensor dz2;
    private Epilogue sums2;
    private Operand dy2;
    private Tensor dz1;
    private Epilogue sums1;
    private Operand dy1;
    private Tensor dx;
    private Epilogue sumsPreact;
    private Tensor dShortcut;

    Training(PreActivatedBlock2_3 block, TrainingContext context) {
      bnPreact = block.bnPreact.training(context, context.input());
      conv1 = block.conv1.training(context, bnPreact);
      bn1 = block.bn1.training(context, conv1);
      conv2 = block.conv2.training(context, bn1);
      bn2 = block.bn2.training(context, conv2);
      conv3 = block.conv3.training(context, bn2);
      subsampling = block.subsampling.training(context, context.input());
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      aPreact = bnPreact.activated(x, RELU);
      y1 = arena.acquire(conv1.outputShape(x.shape()));
      a1 = bn1.activated(y1, RELU);
      y2 = arena.acquire(conv2.outputShape(y1.shape()));
      xIn = Operand.of(x);
      out = arena.acquire(conv3.outputShape(y2.shape()));
      a2 = bn2.activated(y2, RELU);
      return out;
    }

    @Override
    public void forward() {
      // bnPreact's statistics of x
      bnPreact.batchStatistics(x);
      // bnPreact -> relu -> conv1, and bn1's sums
      conv1.forward(aPreact, y1, bn1.statistics());
      bn1.finishStatistics();
      // bn1 -> relu -> conv2, and bn2's sums
      conv2.forward(a1, y2, bn2.statistics());
      bn2.finishStatistics();
      // x at every stride, where the sum will stand
      subsampling.forward(xIn, out);
      // bn2 -> relu -> conv3 + the shortcut
      conv3.forward(a2, out, out, NONE);
    }

    @Override
    public void backward() {
      // relu(bn2) -> gradients of conv3's weights
      conv3.backwardWeights(a2, dOutIn);
      // conv3 backward -> relu backward, and bn2's sums
      conv3.backwardData(dOutIn, dz2, sums2);
      bn2.finishGradients();
      // bn2 backward, over y2: two products read it many times
      bn2.formInputGradient(dz2, y2);
      // relu(bn1) -> gradients of conv2's weights
      conv2.backwardWeights(a1, dy2);
      // conv2 backward -> relu backward, and bn1's sums
      conv2.backwardData(dy2, dz1, sums1);
      bn1.finishGradients();
      // bn1 backward, over y1: two products read it many times
      bn1.formInputGradient(dz1, y1);
      // relu(bnPreact) -> gradients of conv1's weights
      conv1.backwardWeights(aPreact, dy1);
      // conv1 backward -> relu backward, and bnPreact's sums
      conv1.backwardData(dy1, dx, sumsPreact);
      // shortcut backward
      subsampling.backward(dOut, dShortcut);
      bnPreact.finishGradients();
      // bnPreact backward, over dx + the shortcut's, and what the block below wants
      bnPreact.backwardData(dx, x, dShortcut, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      dOutIn = Operand.of(dOut);
      dz2 = arena.acquire(y2.shape());
      sums2 = bn2.gradientSums(y2, RELU);
      // last used by bn2.formInputGradient
      arena.release(dz2);
      dy2 = Operand.of(y2);
      dz1 = arena.acquire(y1.shape());
      sums1 = bn1.gradientSums(y1, RELU);
      // last used by conv2.backwardData
      arena.release(y2);
      // last used by bn1.formInputGradient
      arena.release(dz1);
      dy1 = Operand.of(y1);
      dx = arena.acquire(x.shape());
      sumsPreact = bnPreact.gradientSums(x, RELU);
      // last used by conv1.backwardData
      arena.release(y1);
      dShortcut = arena.acquire(x.shape());
      // last used by subsampling.backward
      arena.release(dOut);
      // last used by bnPreact.backwardData
      arena.release(dShortcut);
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
    private final BatchNormInference bnPreact;
    private final ConvInference conv1;
    private final ConvInference conv2;
    private final ConvInference conv3;
    private final PoolInference subsampling;

    /** What the layers read and write. */
    private Tensor tIn;
    private Operand tPreact;
    private Tensor t1;
    private Tensor t2;
    private Tensor tShortcut;

    Inference(PreActivatedBlock2_3 block, InferenceContext context) {
      bnPreact = block.bnPreact.inference(context);
      conv1 = block.conv1.inference(context);
      conv2 = block.conv2.inference(context);
      conv3 = block.conv3.inference(context);
      subsampling = block.subsampling.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tPreact = bnPreact.activated(tIn, RELU);
      t1 = arena.acquire(conv1.outputShape(tIn.shape()));
      t2 = arena.acquire(conv2.outputShape(t1.shape()));
      // last used by conv2.infer
      arena.release(t1);
      tShortcut = arena.acquire(subsampling.outputShape(tIn.shape()));
      // last used by subsampling.infer
      arena.release(tIn);
      // last used by conv3.infer
      arena.release(t2);
      return tShortcut;
    }

    @Override
    public void infer() {
      // conv1 -> bn1 -> relu
      conv1.infer(tPreact, t1, RELU);
      // conv2 -> bn2 -> relu
      conv2.infer(t1, t2, RELU);
      subsampling.infer(tIn, tShortcut);
      // conv3 + the shortcut
      conv3.infer(t2, tShortcut, tShortcut, NONE);
    }
  }
}
