package good;

import static dev.lanewise.spec.Activation.NONE;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
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
 * The stem of {@link PreActivated}.
 *
 * <pre>{@code
 * conv1_conv  3x3 pad 1,1,1,1  3 -> 7
 * pool        max 3x3 / 2 pad 1,1,1,1
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class PreActivatedStem implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 3;
  private static final int CHANNELS_1_CONV = 7;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_1_CONV = Window.padded(3, 3, 1, 1, 1, 1, 1, 1);
  private static final Window WINDOW_OF_POOL = Window.padded(3, 3, 2, 2, 1, 1, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv conv1_conv;
  private final MaxPool pool;

  /** Makes the layers. */
  PreActivatedStem(Layers layers) {
    conv1_conv = layers.conv("conv1_conv", WINDOW_1_CONV, CHANNELS_IN, CHANNELS_1_CONV, true,
        INITIALIZER);
    pool = layers.zeroPaddedMaxPool("pool1_pool", WINDOW_OF_POOL);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConv1_conv = conv1_conv.outputShape(in);
    return pool.outputShape(afterConv1_conv);
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
    weights.copy(conv1_conv);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after1_conv = graph.conv(conv1_conv, "conv1_pad", x);
    return graph.pool(pool, "pool1_pad", after1_conv);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv1_conv;
    private final MaxPoolTraining pool;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Operand xIn;
    private Tensor y1_conv;
    private Operand a1_conv;
    private Tensor out;
    private Tensor argmax;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Operand dy1_conv;

    Training(PreActivatedStem block, TrainingContext context) {
      conv1_conv = block.conv1_conv.training(context, context.input());
      pool = block.pool.training(context, conv1_conv);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      xIn = Operand.of(x);
      y1_conv = arena.acquire(conv1_conv.outputShape(x.shape()));
      a1_conv = Operand.of(y1_conv);
      out = arena.acquire(pool.outputShape(y1_conv.shape()));
      argmax = arena.acquire(out.shape());
      return out;
    }

    @Override
    public void forward() {
      // conv1_conv
      conv1_conv.forward(xIn, y1_conv, NONE);
      pool.forward(a1_conv, out, argmax);
    }

    @Override
    public void backward() {
      // pool backward, over y1_conv, which no one reads any more
      pool.backward(dOut, argmax, y1_conv, null);
      // gradients of conv1_conv's weights
      conv1_conv.backwardWeights(xIn, dy1_conv);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      // not read any more
      arena.release(out);
      // last used by pool.backward
      arena.release(dOut);
      arena.release(argmax);
      dy1_conv = Operand.of(y1_conv);
      // last used by conv1_conv.backwardWeights
      arena.release(y1_conv);
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
    private final ConvInference conv1_conv;
    private final PoolInference pool;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t1_conv;
    private Tensor tOut;

    Inference(PreActivatedStem block, InferenceContext context) {
      conv1_conv = block.conv1_conv.inference(context);
      pool = block.pool.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t1_conv = arena.acquire(conv1_conv.outputShape(tIn.shape()));
      // last used by conv1_conv.infer
      arena.release(tIn);
      tOut = arena.acquire(pool.outputShape(t1_conv.shape()));
      // last used by pool.infer
      arena.release(t1_conv);
      return tOut;
    }

    @Override
    public void infer() {
      conv1_conv.infer(tIn, t1_conv, NONE);
      pool.infer(t1_conv, tOut);
    }
  }
}
