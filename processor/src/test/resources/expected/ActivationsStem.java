package good;

import static dev.lanewise.spec.Activation.LEAKY_RELU;

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
 * The stem of {@link Activations}.
 *
 * <pre>{@code
 * conv1  3x3 same  3 -> 9  -> bn1 -> leaky_relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class ActivationsStem implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 3;
  private static final int CHANNELS_1 = 9;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_1 = Window.same(3, 3, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv conv1;
  private final BatchNorm bn1;

  /** Makes the layers. */
  ActivationsStem(Layers layers) {
    conv1 = layers.conv("conv1", WINDOW_1, CHANNELS_IN, CHANNELS_1, true, INITIALIZER);
    bn1 = layers.batchNorm("bn_conv1", CHANNELS_1);
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
    String after1 = graph.activation(LEAKY_RELU, graph.batchNorm(bn1, graph.conv(conv1, x)));
    return after1;
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv1;
    private final BatchNormTraining bn1;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Operand xIn;
    private Tensor y1;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Operand dy1;

    Training(ActivationsStem block, TrainingContext context) {
      conv1 = block.conv1.training(context, context.input());
      bn1 = block.bn1.training(context, conv1);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      xIn = Operand.of(x);
      y1 = arena.acquire(conv1.outputShape(x.shape()));
      out = arena.acquire(y1.shape());
      join = Join.plain(bn1, y1, LEAKY_RELU, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // conv1, and bn1's sums
      conv1.forward(xIn, y1, bn1.statistics());
      bn1.finishStatistics();
      // bn1 -> leaky_relu
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
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      // not read any more
      arena.release(out);
      // last used by bn1.formInputGradient
      arena.release(dOut);
      dy1 = Operand.of(y1);
      // last used by conv1.backwardWeights
      arena.release(y1);
      return null;
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

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tOut;

    Inference(ActivationsStem block, InferenceContext context) {
      conv1 = block.conv1.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tOut = arena.acquire(conv1.outputShape(tIn.shape()));
      // last used by conv1.infer
      arena.release(tIn);
      return tOut;
    }

    @Override
    public void infer() {
      // conv1 -> bn1 -> leaky_relu
      conv1.infer(tIn, tOut, LEAKY_RELU);
    }
  }
}
