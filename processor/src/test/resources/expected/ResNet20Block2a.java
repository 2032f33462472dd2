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
 * Block 2a of {@link ResNet20}, as {@link Basic} declares it.
 *
 * <pre>{@code
 * conv1  3x3 / 2 same  16 -> 32  -> bn1 -> relu
 * conv2  3x3 same      32 -> 32  -> bn2
 * conv0  1x1 / 2       16 -> 32  -> bn0 on the shortcut
 * join   bn2 + bn0 -> relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class ResNet20Block2a implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 16;
  private static final int CHANNELS_1 = 32;
  private static final int CHANNELS_2 = 32;
  private static final int CHANNELS_0 = 32;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_1 = Window.same(3, 3, 2, 2);
  private static final Window WINDOW_2 = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_0 = Window.valid(1, 1, 2, 2);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.heNormal();

  /** The layers. */
  private final Conv conv1;
  private final BatchNorm bn1;
  private final Conv conv2;
  private final BatchNorm bn2;
  private final Conv conv0;
  private final BatchNorm bn0;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param block the block's letter
   */
  ResNet20Block2a(Layers layers, String stage, String block) {
    conv1 = layers.conv("res" + stage + block + "_branch1", WINDOW_1, CHANNELS_IN, CHANNELS_1, true,
        INITIALIZER);
    bn1 = layers.batchNorm("bn" + stage + block + "_branch1", CHANNELS_1);
    conv2 = layers.conv("res" + stage + block + "_branch2", WINDOW_2, CHANNELS_1, CHANNELS_2, true,
        INITIALIZER);
    bn2 = layers.batchNorm("bn" + stage + block + "_branch2", CHANNELS_2);
    conv0 = layers.conv("res" + stage + block + "_branch0", WINDOW_0, CHANNELS_IN, CHANNELS_0, true,
        INITIALIZER);
    bn0 = layers.batchNorm("bn" + stage + block + "_branch0", CHANNELS_0);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConv1 = conv1.outputShape(in);
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
    weights.fold(conv1, bn1);
    weights.fold(conv2, bn2);
    weights.fold(conv0, bn0);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after1 = graph.activation(RELU, graph.batchNorm(bn1, graph.conv(conv1, x)));
    String after2 = graph.batchNorm(bn2, graph.conv(conv2, after1));
    String shortcut = graph.batchNorm(bn0, graph.conv(conv0, x));
    return graph.activation(RELU, graph.add(after2, shortcut));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv1;
    private final BatchNormTraining bn1;
    private final ConvTraining conv2;
    private final BatchNormTraining bn2;
    private final ConvTraining conv0;
    private final BatchNormTraining bn0;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor y1;
    private Operand a1;
    private Tensor y2;
    private Tensor y0;
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
    private Operand dy0;
    private Tensor dx;

    Training(ResNet20Block2a block, TrainingContext context) {
      conv1 = block.conv1.training(context, context.input());
      bn1 = block.bn1.training(context, conv1);
      conv2 = block.conv2.training(context, bn1);
      bn2 = block.bn2.training(context, conv2);
      conv0 = block.conv0.training(context, context.input());
      bn0 = block.bn0.training(context, conv0);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      y1 = arena.acquire(conv1.outputShape(x.shape()));
      a1 = bn1.activated(y1, RELU);
      y2 = arena.acquire(conv2.outputShape(y1.shape()));
      y0 = arena.acquire(conv0.outputShape(x.shape()));
      out = arena.acquire(y2.shape());
      join = Join.projection(bn2, y2, bn0, y0, RELU, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // conv1, and bn1's sums
      conv1.forward(xIn, y1, bn1.statistics());
      bn1.finishStatistics();
      // bn1 -> relu -> conv2, and bn2's sums
      conv2.forward(a1, y2, bn2.statistics());
      bn2.finishStatistics();
      // conv0, and bn0's sums
      conv0.forward(xIn, y0, bn0.statistics());
      bn0.finishStatistics();
      // bn2 + bn0 -> relu
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
      // gradients of conv1's weights
      conv1.backwardWeights(xIn, dy1);
      // the sums came with dOut
      bn0.finishGradients();
      // bn0 backward, over y0: two products read it many times
      bn0.formInputGradient(dOut, y0);
      // gradients of conv0's weights
      conv0.backwardWeights(xIn, dy0);
      // conv0 backward
      conv0.backwardData(dy0, dx);
      // conv1 backward + conv0's, and what the block below wants
      conv1.backwardData(dy1, dx, dx, below);
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
      // last used by bn0.formInputGradient
      arena.release(dOut);
      dy0 = Operand.of(y0);
      dx = arena.acquire(x.shape());
      // last used by conv0.backwardData
      arena.release(y0);
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
    private final ConvInference conv2;
    private final ConvInference conv0;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t1;
    private Tensor t0;

    Inference(ResNet20Block2a block, InferenceContext context) {
      conv1 = block.conv1.inference(context);
      conv2 = block.conv2.inference(context);
      conv0 = block.conv0.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t1 = arena.acquire(conv1.outputShape(tIn.shape()));
      t0 = arena.acquire(conv0.outputShape(tIn.shape()));
      // last used by conv0.infer
      arena.release(tIn);
      // last used by conv2.infer
      arena.release(t1);
      return t0;
    }

    @Override
    public void infer() {
      // conv1 -> bn1 -> relu
      conv1.infer(tIn, t1, RELU);
      // conv0 -> bn0
      conv0.infer(tIn, t0, NONE);
      // conv2 -> bn2 + bn0 -> relu
      conv2.infer(t1, t0, t0, RELU);
    }
  }
}
