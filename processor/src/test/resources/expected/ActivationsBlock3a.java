package good;

import static dev.lanewise.spec.Activation.LEAKY_RELU;
import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU6;

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
 * Block 3a of {@link Activations}, as {@link Capped} declares it.
 *
 * <pre>{@code
 * conv2a  3x3 same  9 -> 12   -> bn2a -> leaky_relu
 * conv2b  3x3 same  12 -> 12  -> bn2b
 * conv1   1x1       9 -> 12   on the shortcut
 * join    bn2b + conv1 -> relu6
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class ActivationsBlock3a implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 9;
  private static final int CHANNELS_2A = 12;
  private static final int CHANNELS_2B = 12;
  private static final int CHANNELS_1 = 12;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_2A = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_2B = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_1 = Window.valid(1, 1, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv conv2a;
  private final BatchNorm bn2a;
  private final Conv conv2b;
  private final BatchNorm bn2b;
  private final Conv conv1;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param block the block's letter
   */
  ActivationsBlock3a(Layers layers, String stage, String block) {
    conv2a = layers.conv("res" + stage + block + "_branch2a", WINDOW_2A, CHANNELS_IN, CHANNELS_2A,
        true, INITIALIZER);
    bn2a = layers.batchNorm("bn" + stage + block + "_branch2a", CHANNELS_2A);
    conv2b = layers.conv("res" + stage + block + "_branch2b", WINDOW_2B, CHANNELS_2A, CHANNELS_2B,
        true, INITIALIZER);
    bn2b = layers.batchNorm("bn" + stage + block + "_branch2b", CHANNELS_2B);
    conv1 = layers.conv("res" + stage + block + "_branch1", WINDOW_1, CHANNELS_IN, CHANNELS_1, true,
        INITIALIZER);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConv2a = conv2a.outputShape(in);
    return conv2b.outputShape(afterConv2a);
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
    weights.fold(conv2a, bn2a);
    weights.fold(conv2b, bn2b);
    weights.copy(conv1);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after2a = graph.activation(LEAKY_RELU, graph.batchNorm(bn2a, graph.conv(conv2a, x)));
    String after2b = graph.batchNorm(bn2b, graph.conv(conv2b, after2a));
    String shortcut = graph.conv(conv1, x);
    return graph.activation(RELU6, graph.add(after2b, shortcut));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv2a;
    private final BatchNormTraining bn2a;
    private final ConvTraining conv2b;
    private final BatchNormTraining bn2b;
    private final ConvTraining conv1;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor y2a;
    private Operand a2a;
    private Tensor y2b;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dy2b;
    private Tensor dz2a;
    private Epilogue sums2a;
    private Operand dy2a;
    private Operand dOutIn;
    private Tensor dx;

    Training(ActivationsBlock3a block, TrainingContext context) {
      conv2a = block.conv2a.training(context, context.input());
      bn2a = block.bn2a.training(context, conv2a);
      conv2b = block.conv2b.training(context, bn2a);
      bn2b = block.bn2b.training(context, conv2b);
      conv1 = block.conv1.training(context, context.input());
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      y2a = arena.acquire(conv2a.outputShape(x.shape()));
      a2a = bn2a.activated(y2a, LEAKY_RELU);
      y2b = arena.acquire(conv2b.outputShape(y2a.shape()));
      out = arena.acquire(y2b.shape());
      join = Join.identity(bn2b, y2b, out, RELU6, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // conv2a, and bn2a's sums
      conv2a.forward(xIn, y2a, bn2a.statistics());
      bn2a.finishStatistics();
      // bn2a -> leaky_relu -> conv2b, and bn2b's sums
      conv2b.forward(a2a, y2b, bn2b.statistics());
      bn2b.finishStatistics();
      // conv1, where the sum will stand
      conv1.forward(xIn, out, NONE);
      // bn2b + conv1 -> relu6
      join.forward();
    }

    @Override
    public void backward() {
      // the sums came with dOut
      bn2b.finishGradients();
      // bn2b backward, over y2b: two products read it many times
      bn2b.formInputGradient(dOut, y2b);
      // leaky_relu(bn2a) -> gradients of conv2b's weights
      conv2b.backwardWeights(a2a, dy2b);
      // conv2b backward -> leaky_relu backward, and bn2a's sums
      conv2b.backwardData(dy2b, dz2a, sums2a);
      bn2a.finishGradients();
      // bn2a backward, over y2a: two products read it many times
      bn2a.formInputGradient(dz2a, y2a);
      // gradients of conv2a's weights
      conv2a.backwardWeights(xIn, dy2a);
      // gradients of conv1's weights
      conv1.backwardWeights(xIn, dOutIn);
      // conv1 backward
      conv1.backwardData(dOutIn, dx);
      // conv2a backward + conv1's, and what the block below wants
      conv2a.backwardData(dy2a, dx, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      dy2b = Operand.of(y2b);
      dz2a = arena.acquire(y2a.shape());
      sums2a = bn2a.gradientSums(y2a, LEAKY_RELU);
      // last used by conv2b.backwardData
      arena.release(y2b);
      // last used by bn2a.formInputGradient
      arena.release(dz2a);
      dy2a = Operand.of(y2a);
      dOutIn = Operand.of(dOut);
      dx = arena.acquire(x.shape());
      // last used by conv1.backwardData
      arena.release(dOut);
      // last used by conv2a.backwardData
      arena.release(y2a);
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
    private final ConvInference conv2a;
    private final ConvInference conv2b;
    private final ConvInference conv1;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t2a;
    private Tensor t1;

    Inference(ActivationsBlock3a block, InferenceContext context) {
      conv2a = block.conv2a.inference(context);
      conv2b = block.conv2b.inference(context);
      conv1 = block.conv1.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t2a = arena.acquire(conv2a.outputShape(tIn.shape()));
      t1 = arena.acquire(conv1.outputShape(tIn.shape()));
      // last used by conv1.infer
      arena.release(tIn);
      // last used by conv2b.infer
      arena.release(t2a);
      return t1;
    }

    @Override
    public void infer() {
      // conv2a -> bn2a -> leaky_relu
      conv2a.infer(tIn, t2a, LEAKY_RELU);
      conv1.infer(tIn, t1, NONE);
      // conv2b -> bn2b + conv1 -> relu6
      conv2b.infer(t2a, t1, t1, RELU6);
    }
  }
}
