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
 * Blocks 2b and 2c of {@link ResNet50}, as {@link Bottleneck} declares them.
 *
 * <pre>{@code
 * conv2a  1x1       256 -> 64  -> bn2a -> relu
 * conv2b  3x3 same  64 -> 64   -> bn2b -> relu
 * conv2c  1x1       64 -> 256  -> bn2c
 * join    bn2c + x -> relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class ResNet50Block2b implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 256;
  private static final int CHANNELS_2A = 64;
  private static final int CHANNELS_2B = 64;
  private static final int CHANNELS_2C = 256;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_2A = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_2B = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_2C = Window.valid(1, 1, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv conv2a;
  private final BatchNorm bn2a;
  private final Conv conv2b;
  private final BatchNorm bn2b;
  private final Conv conv2c;
  private final BatchNorm bn2c;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param block the block's letter
   */
  ResNet50Block2b(Layers layers, String stage, String block) {
    conv2a = layers.conv("res" + stage + block + "_branch2a", WINDOW_2A, CHANNELS_IN, CHANNELS_2A,
        true, INITIALIZER);
    bn2a = layers.batchNorm("bn" + stage + block + "_branch2a", CHANNELS_2A);
    conv2b = layers.conv("res" + stage + block + "_branch2b", WINDOW_2B, CHANNELS_2A, CHANNELS_2B,
        true, INITIALIZER);
    bn2b = layers.batchNorm("bn" + stage + block + "_branch2b", CHANNELS_2B);
    conv2c = layers.conv("res" + stage + block + "_branch2c", WINDOW_2C, CHANNELS_2B, CHANNELS_2C,
        true, INITIALIZER);
    bn2c = layers.batchNorm("bn" + stage + block + "_branch2c", CHANNELS_2C);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConv2a = conv2a.outputShape(in);
    Shape afterConv2b = conv2b.outputShape(afterConv2a);
    return conv2c.outputShape(afterConv2b);
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
    weights.fold(conv2c, bn2c);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after2a = graph.activation(RELU, graph.batchNorm(bn2a, graph.conv(conv2a, x)));
    String after2b = graph.activation(RELU, graph.batchNorm(bn2b, graph.conv(conv2b, after2a)));
    String after2c = graph.batchNorm(bn2c, graph.conv(conv2c, after2b));
    return graph.activation(RELU, graph.add(after2c, x));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv2a;
    private final BatchNormTraining bn2a;
    private final ConvTraining conv2b;
    private final BatchNormTraining bn2b;
    private final ConvTraining conv2c;
    private final BatchNormTraining bn2c;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor y2a;
    private Operand a2a;
    private Tensor y2b;
    private Operand a2b;
    private Tensor y2c;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dy2c;
    private Tensor dz2b;
    private Epilogue sums2b;
    private Operand dy2b;
    private Tensor dz2a;
    private Epilogue sums2a;
    private Operand dy2a;
    private Tensor dx;

    Training(ResNet50Block2b block, TrainingContext context) {
      conv2a = block.conv2a.training(context, context.input());
      bn2a = block.bn2a.training(context, conv2a);
      conv2b = block.conv2b.training(context, bn2a);
      bn2b = block.bn2b.training(context, conv2b);
      conv2c = block.conv2c.training(context, bn2b);
      bn2c = block.bn2c.training(context, conv2c);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      y2a = arena.acquire(conv2a.outputShape(x.shape()));
      a2a = bn2a.activated(y2a, RELU);
      y2b = arena.acquire(conv2b.outputShape(y2a.shape()));
      a2b = bn2b.activated(y2b, RELU);
      y2c = arena.acquire(conv2c.outputShape(y2b.shape()));
      out = arena.acquire(y2c.shape());
      join = Join.identity(bn2c, y2c, x, RELU, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // conv2a, and bn2a's sums
      conv2a.forward(xIn, y2a, bn2a.statistics());
      bn2a.finishStatistics();
      // bn2a -> relu -> conv2b, and bn2b's sums
      conv2b.forward(a2a, y2b, bn2b.statistics());
      bn2b.finishStatistics();
      // bn2b -> relu -> conv2c, and bn2c's sums
      conv2c.forward(a2b, y2c, bn2c.statistics());
      bn2c.finishStatistics();
      // bn2c + x -> relu
      join.forward();
    }

    @Override
    public void backward() {
      // the sums came with dOut
      bn2c.finishGradients();
      // bn2c backward, over y2c: two products read it many times
      bn2c.formInputGradient(dOut, y2c);
      // relu(bn2b) -> gradients of conv2c's weights
      conv2c.backwardWeights(a2b, dy2c);
      // conv2c backward -> relu backward, and bn2b's sums
      conv2c.backwardData(dy2c, dz2b, sums2b);
      bn2b.finishGradients();
      // bn2b backward, over y2b: two products read it many times
      bn2b.formInputGradient(dz2b, y2b);
      // relu(bn2a) -> gradients of conv2b's weights
      conv2b.backwardWeights(a2a, dy2b);
      // conv2b backward -> relu backward, and bn2a's sums
      conv2b.backwardData(dy2b, dz2a, sums2a);
      bn2a.finishGradients();
      // bn2a backward, over y2a: two products read it many times
      bn2a.formInputGradient(dz2a, y2a);
      // gradients of conv2a's weights
      conv2a.backwardWeights(xIn, dy2a);
      // conv2a backward + dOut, and what the block below wants
      conv2a.backwardData(dy2a, dx, dOut, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      dy2c = Operand.of(y2c);
      dz2b = arena.acquire(y2b.shape());
      sums2b = bn2b.gradientSums(y2b, RELU);
      // last used by conv2c.backwardData
      arena.release(y2c);
      // last used by bn2b.formInputGradient
      arena.release(dz2b);
      dy2b = Operand.of(y2b);
      dz2a = arena.acquire(y2a.shape());
      sums2a = bn2a.gradientSums(y2a, RELU);
      // last used by conv2b.backwardData
      arena.release(y2b);
      // last used by bn2a.formInputGradient
      arena.release(dz2a);
      dy2a = Operand.of(y2a);
      dx = arena.acquire(x.shape());
      // last used by conv2a.backwardData
      arena.release(y2a);
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
    private final ConvInference conv2a;
    private final ConvInference conv2b;
    private final ConvInference conv2c;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t2a;
    private Tensor t2b;

    Inference(ResNet50Block2b block, InferenceContext context) {
      conv2a = block.conv2a.inference(context);
      conv2b = block.conv2b.inference(context);
      conv2c = block.conv2c.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t2a = arena.acquire(conv2a.outputShape(tIn.shape()));
      t2b = arena.acquire(conv2b.outputShape(t2a.shape()));
      // last used by conv2b.infer
      arena.release(t2a);
      // last used by conv2c.infer
      arena.release(t2b);
      return tIn;
    }

    @Override
    public void infer() {
      // conv2a -> bn2a -> relu
      conv2a.infer(tIn, t2a, RELU);
      // conv2b -> bn2b -> relu
      conv2b.infer(t2a, t2b, RELU);
      // conv2c -> bn2c + x -> relu
      conv2c.infer(t2b, tIn, tIn, RELU);
    }
  }
}
