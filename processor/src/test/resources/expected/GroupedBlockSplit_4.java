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
 * Block split_4 of {@link Grouped}, as {@link Split} declares it.
 *
 * <pre>{@code
 * conv0           1x1                       12 -> 24              -> bn0 -> relu
 * conv1           3x3 / 2 dilated 2x2 same  24 -> 24 in 4 groups  -> bn1 -> relu
 * conv2           1x1                       24 -> 48 in 2 groups  -> bn2
 * convDownsample  1x1 / 2                   12 -> 48              -> bnDownsample on the shortcut
 * join            bn2 + bnDownsample -> relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class GroupedBlockSplit_4 implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 12;
  private static final int CHANNELS_0 = 24;
  private static final int CHANNELS_1 = 24;
  private static final int CHANNELS_2 = 48;
  private static final int CHANNELS_DOWNSAMPLE = 48;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_0 = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_1 = Window.same(3, 3, 2, 2).dilated(2, 2);
  private static final Window WINDOW_2 = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_DOWNSAMPLE = Window.valid(1, 1, 2, 2);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv conv0;
  private final BatchNorm bn0;
  private final Conv conv1;
  private final BatchNorm bn1;
  private final Conv conv2;
  private final BatchNorm bn2;
  private final Conv convDownsample;
  private final BatchNorm bnDownsample;

  /** What names the layers. */
  private final String stage;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   */
  GroupedBlockSplit_4(Layers layers, String stage) {
    this.stage = stage;
    conv0 = layers.conv(stage + ".conv.0", WINDOW_0, CHANNELS_IN, CHANNELS_0, true, INITIALIZER);
    bn0 = layers.batchNorm(stage + ".norm.0", CHANNELS_0);
    conv1 = layers.conv(stage + ".conv.1", WINDOW_1, 4, CHANNELS_0, CHANNELS_1, true, INITIALIZER);
    bn1 = layers.batchNorm(stage + ".norm.1", CHANNELS_1);
    conv2 = layers.conv(stage + ".conv.2", WINDOW_2, 2, CHANNELS_1, CHANNELS_2, true, INITIALIZER);
    bn2 = layers.batchNorm(stage + ".norm.2", CHANNELS_2);
    convDownsample = layers.conv(stage + ".conv.downsample", WINDOW_DOWNSAMPLE, CHANNELS_IN,
        CHANNELS_DOWNSAMPLE, true, INITIALIZER);
    bnDownsample = layers.batchNorm(stage + ".norm.downsample", CHANNELS_DOWNSAMPLE);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConv0 = conv0.outputShape(in);
    Shape afterConv1 = conv1.outputShape(afterConv0);
    return conv2.outputShape(afterConv1);
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
    weights.fold(conv0, bn0);
    weights.fold(conv1, bn1);
    weights.fold(conv2, bn2);
    weights.fold(convDownsample, bnDownsample);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after0 = graph.activation(RELU, stage + ".act.0",
        graph.batchNorm(bn0, graph.conv(conv0, x)));
    String after1 = graph.activation(RELU, stage + ".act.1",
        graph.batchNorm(bn1, graph.conv(conv1, after0)));
    String after2 = graph.batchNorm(bn2, graph.conv(conv2, after1));
    String shortcut = graph.batchNorm(bnDownsample, graph.conv(convDownsample, x));
    return graph.activation(RELU, graph.add(after2, shortcut));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv0;
    private final BatchNormTraining bn0;
    private final ConvTraining conv1;
    private final BatchNormTraining bn1;
    private final ConvTraining conv2;
    private final BatchNormTraining bn2;
    private final ConvTraining convDownsample;
    private final BatchNormTraining bnDownsample;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor y0;
    private Operand a0;
    private Tensor y1;
    private Operand a1;
    private Tensor y2;
    private Tensor yDownsample;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dy2;
    private Tensor dz1;
    private Epilogue sums1;
    private Operand dy1;
    private Tensor dz0;
    private Epilogue sums0;
    private Operand dy0;
    private Operand dyDownsample;
    private Tensor dx;

    Training(GroupedBlockSplit_4 block, TrainingContext context) {
      conv0 = block.conv0.training(context, context.input());
      bn0 = block.bn0.training(context, conv0);
      conv1 = block.conv1.training(context, bn0);
      bn1 = block.bn1.training(context, conv1);
      conv2 = block.conv2.training(context, bn1);
      bn2 = block.bn2.training(context, conv2);
      convDownsample = block.convDownsample.training(context, context.input());
      bnDownsample = block.bnDownsample.training(context, convDownsample);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      y0 = arena.acquire(conv0.outputShape(x.shape()));
      a0 = bn0.activated(y0, RELU);
      y1 = arena.acquire(conv1.outputShape(y0.shape()));
      a1 = bn1.activated(y1, RELU);
      y2 = arena.acquire(conv2.outputShape(y1.shape()));
      yDownsample = arena.acquire(convDownsample.outputShape(x.shape()));
      out = arena.acquire(y2.shape());
      join = Join.projection(bn2, y2, bnDownsample, yDownsample, RELU, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // conv0, and bn0's sums
      conv0.forward(xIn, y0, bn0.statistics());
      bn0.finishStatistics();
      // bn0 -> relu -> conv1, and bn1's sums
      conv1.forward(a0, y1, bn1.statistics());
      bn1.finishStatistics();
      // bn1 -> relu -> conv2, and bn2's sums
      conv2.forward(a1, y2, bn2.statistics());
      bn2.finishStatistics();
      // convDownsample, and bnDownsample's sums
      convDownsample.forward(xIn, yDownsample, bnDownsample.statistics());
      bnDownsample.finishStatistics();
      // bn2 + bnDownsample -> relu
      join.forward();
    }

    @Override
    public void backward() {
      // the sums came with dOut
      bn2.finishGradients();
      // bn2 backward, over y2: two products read it many times
      bn2.formInputGradient(dOut, y2);
      // relu(bn1) -> gradients of conv2's weights
      conv2.backwardWeights(a1, dy2);
      // conv2 backward -> relu backward, and bn1's sums
      conv2.backwardData(dy2, dz1, sums1);
      bn1.finishGradients();
      // bn1 backward, over y1: two products read it many times
      bn1.formInputGradient(dz1, y1);
      // relu(bn0) -> gradients of conv1's weights
      conv1.backwardWeights(a0, dy1);
      // conv1 backward -> relu backward, and bn0's sums
      conv1.backwardData(dy1, dz0, sums0);
      bn0.finishGradients();
      // bn0 backward, over y0: two products read it many times
      bn0.formInputGradient(dz0, y0);
      // gradients of conv0's weights
      conv0.backwardWeights(xIn, dy0);
      // the sums came with dOut
      bnDownsample.finishGradients();
      // bnDownsample backward, over yDownsample: two products read it many times
      bnDownsample.formInputGradient(dOut, yDownsample);
      // gradients of convDownsample's weights
      convDownsample.backwardWeights(xIn, dyDownsample);
      // convDownsample backward
      convDownsample.backwardData(dyDownsample, dx);
      // conv0 backward + convDownsample's, and what the block below wants
      conv0.backwardData(dy0, dx, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      dy2 = Operand.of(y2);
      dz1 = arena.acquire(y1.shape());
      sums1 = bn1.gradientSums(y1, RELU);
      // last used by conv2.backwardData
      arena.release(y2);
      // last used by bn1.formInputGradient
      arena.release(dz1);
      dy1 = Operand.of(y1);
      dz0 = arena.acquire(y0.shape());
      sums0 = bn0.gradientSums(y0, RELU);
      // last used by conv1.backwardData
      arena.release(y1);
      // last used by bn0.formInputGradient
      arena.release(dz0);
      dy0 = Operand.of(y0);
      // last used by bnDownsample.formInputGradient
      arena.release(dOut);
      dyDownsample = Operand.of(yDownsample);
      dx = arena.acquire(x.shape());
      // last used by convDownsample.backwardData
      arena.release(yDownsample);
      // last used by conv0.backwardData
      arena.release(y0);
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
    private final ConvInference conv0;
    private final ConvInference conv1;
    private final ConvInference conv2;
    private final ConvInference convDownsample;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t0;
    private Tensor t1;
    private Tensor tDownsample;

    Inference(GroupedBlockSplit_4 block, InferenceContext context) {
      conv0 = block.conv0.inference(context);
      conv1 = block.conv1.inference(context);
      conv2 = block.conv2.inference(context);
      convDownsample = block.convDownsample.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t0 = arena.acquire(conv0.outputShape(tIn.shape()));
      t1 = arena.acquire(conv1.outputShape(t0.shape()));
      // last used by conv1.infer
      arena.release(t0);
      tDownsample = arena.acquire(convDownsample.outputShape(tIn.shape()));
      // last used by convDownsample.infer
      arena.release(tIn);
      // last used by conv2.infer
      arena.release(t1);
      return tDownsample;
    }

    @Override
    public void infer() {
      // conv0 -> bn0 -> relu
      conv0.infer(tIn, t0, RELU);
      // conv1 -> bn1 -> relu
      conv1.infer(t0, t1, RELU);
      // convDownsample -> bnDownsample
      convDownsample.infer(tIn, tDownsample, NONE);
      // conv2 -> bn2 + bnDownsample -> relu
      conv2.infer(t1, tDownsample, tDownsample, RELU);
    }
  }
}
