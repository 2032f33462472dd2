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
import dev.lanewise.layer.Layers;
import dev.lanewise.layer.MaxPool;
import dev.lanewise.layer.MaxPoolTraining;
import dev.lanewise.layer.PoolInference;
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
 * The stem of {@link ResNet50}.
 *
 * <pre>{@code
 * conv1  7x7 / 2 pad 3,3,3,3  3 -> 64  -> bn1 -> relu
 * pool   max 3x3 / 2
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class ResNet50Stem implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 3;
  private static final int CHANNELS_1 = 64;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_1 = Window.padded(7, 7, 2, 2, 3, 3, 3, 3);
  private static final Window WINDOW_OF_POOL = Window.valid(3, 3, 2, 2);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv conv1;
  private final BatchNorm bn1;
  private final MaxPool pool;

  /** Makes the layers. */
  ResNet50Stem(Layers layers) {
    conv1 = layers.conv("conv1", WINDOW_1, CHANNELS_IN, CHANNELS_1, true, INITIALIZER);
    bn1 = layers.batchNorm("bn_conv1", CHANNELS_1);
    pool = layers.maxPool("pool1", WINDOW_OF_POOL);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConv1 = conv1.outputShape(in);
    return pool.outputShape(afterConv1);
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
    String after1 = graph.activation(RELU, graph.batchNorm(bn1, graph.conv(conv1, x)));
    return graph.pool(pool, after1);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv1;
    private final BatchNormTraining bn1;
    private final MaxPoolTraining pool;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Operand xIn;
    private Tensor y1;
    private Operand a1;
    private Tensor out;
    private Tensor argmax;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Tensor dz1;
    private Epilogue sums1;
    private Operand dy1;

    Training(ResNet50Stem block, TrainingContext context) {
      conv1 = block.conv1.training(context, context.input());
      bn1 = block.bn1.training(context, conv1);
      pool = block.pool.training(context, bn1);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      xIn = Operand.of(x);
      y1 = arena.acquire(conv1.outputShape(x.shape()));
      a1 = bn1.activated(y1, RELU);
      out = arena.acquire(pool.outputShape(y1.shape()));
      argmax = arena.acquire(out.shape());
      return out;
    }

    @Override
    public void forward() {
      // conv1, and bn1's sums
      conv1.forward(xIn, y1, bn1.statistics());
      bn1.finishStatistics();
      // bn1 -> relu -> pool
      pool.forward(a1, out, argmax);
    }

    @Override
    public void backward() {
      // pool backward -> relu backward, and bn1's sums
      pool.backward(dOut, argmax, dz1, sums1);
      bn1.finishGradients();
      // bn1 backward, over y1: two products read it many times
      bn1.formInputGradient(dz1, y1);
      // gradients of conv1's weights
      conv1.backwardWeights(xIn, dy1);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      // not read any more
      arena.release(out);
      dz1 = arena.acquire(y1.shape());
      sums1 = bn1.gradientSums(y1, RELU);
      // last used by pool.backward
      arena.release(dOut);
      arena.release(argmax);
      // last used by bn1.formInputGradient
      arena.release(dz1);
      dy1 = Operand.of(y1);
      // last used by conv1.backwardWeights
      arena.release(y1);
      return null;
    }

    @Override
    public Epilogue outputGradient() {
      return null;
    }
  }

  /** An inference pass, over folded weights. */
  private static final class Inference implements BlockInference {
    /** The layers. */
    private final ConvInference conv1;
    private final PoolInference pool;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t1;
    private Tensor tOut;

    Inference(ResNet50Stem block, InferenceContext context) {
      conv1 = block.conv1.inference(context);
      pool = block.pool.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t1 = arena.acquire(conv1.outputShape(tIn.shape()));
      // last used by conv1.infer
      arena.release(tIn);
      tOut = arena.acquire(pool.outputShape(t1.shape()));
      // last used by pool.infer
      arena.release(t1);
      return tOut;
    }

    @Override
    public void infer() {
      // conv1 -> bn1 -> relu
      conv1.infer(tIn, t1, RELU);
      pool.infer(t1, tOut);
    }
  }
}
