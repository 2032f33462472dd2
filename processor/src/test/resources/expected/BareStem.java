package good;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU6;
import static dev.lanewise.spec.Activation.SILU;

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
 * The stem of {@link Bare}.
 *
 * <pre>{@code
 * conv0  3x3 same  3 -> 5  -> relu6
 * conv1  3x3 same  5 -> 9  -> silu
 * pool   max 2x2 / 2
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class BareStem implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 3;
  private static final int CHANNELS_0 = 5;
  private static final int CHANNELS_1 = 9;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_0 = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_1 = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_OF_POOL = Window.valid(2, 2, 2, 2);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv conv0;
  private final Conv conv1;
  private final MaxPool pool;

  /** Makes the layers. */
  BareStem(Layers layers) {
    conv0 = layers.conv("conv0", WINDOW_0, CHANNELS_IN, CHANNELS_0, true, INITIALIZER);
    conv1 = layers.conv("conv1", WINDOW_1, CHANNELS_0, CHANNELS_1, true, INITIALIZER);
    pool = layers.maxPool("pool1", WINDOW_OF_POOL);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConv0 = conv0.outputShape(in);
    Shape afterConv1 = conv1.outputShape(afterConv0);
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
    weights.copy(conv0);
    weights.copy(conv1);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after0 = graph.activation(RELU6, graph.conv(conv0, x));
    String after1 = graph.activation(SILU, graph.conv(conv1, after0));
    return graph.pool(pool, after1);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv0;
    private final ConvTraining conv1;
    private final MaxPoolTraining pool;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Operand xIn;
    private Tensor y0;
    private Operand a0;
    private Tensor y1;
    private Operand a1;
    private Tensor out;
    private Tensor argmax;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue sums1;
    private Operand dy1;
    private Epilogue sums0;
    private Operand dy0;

    Training(BareStem block, TrainingContext context) {
      conv0 = block.conv0.training(context, context.input());
      conv1 = block.conv1.training(context, conv0);
      pool = block.pool.training(context, conv1);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      xIn = Operand.of(x);
      y0 = arena.acquire(conv0.outputShape(x.shape()));
      a0 = Operand.of(y0);
      y1 = arena.acquire(conv1.outputShape(y0.shape()));
      a1 = conv1.activated(y1, SILU);
      out = arena.acquire(pool.outputShape(y1.shape()));
      argmax = arena.acquire(out.shape());
      return out;
    }

    @Override
    public void forward() {
      // conv0 -> relu6
      conv0.forward(xIn, y0, RELU6);
      // conv1
      conv1.forward(a0, y1, NONE);
      // silu -> pool
      pool.forward(a1, out, argmax);
    }

    @Override
    public void backward() {
      // pool backward -> silu backward, and conv1's sums, over y1
      pool.backward(dOut, argmax, y1, sums1);
      // gradients of conv1's weights
      conv1.backwardWeights(a0, dy1);
      // conv1 backward -> relu6 backward, and conv0's sums, over y0
      conv1.backwardData(dy1, y0, sums0);
      // gradients of conv0's weights
      conv0.backwardWeights(xIn, dy0);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      // not read any more
      arena.release(out);
      sums1 = conv1.gradientSums(y1, SILU);
      // last used by pool.backward
      arena.release(dOut);
      arena.release(argmax);
      dy1 = Operand.of(y1);
      sums0 = conv0.gradientSums(y0, RELU6);
      // last used by conv1.backwardData
      arena.release(y1);
      dy0 = Operand.of(y0);
      // last used by conv0.backwardWeights
      arena.release(y0);
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
    private final ConvInference conv0;
    private final ConvInference conv1;
    private final PoolInference pool;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t0;
    private Tensor t1;
    private Tensor tOut;

    Inference(BareStem block, InferenceContext context) {
      conv0 = block.conv0.inference(context);
      conv1 = block.conv1.inference(context);
      pool = block.pool.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t0 = arena.acquire(conv0.outputShape(tIn.shape()));
      // last used by conv0.infer
      arena.release(tIn);
      t1 = arena.acquire(conv1.outputShape(t0.shape()));
      // last used by conv1.infer
      arena.release(t0);
      tOut = arena.acquire(pool.outputShape(t1.shape()));
      // last used by pool.infer
      arena.release(t1);
      return tOut;
    }

    @Override
    public void infer() {
      // conv0 -> relu6
      conv0.infer(tIn, t0, RELU6);
      // conv1 -> silu
      conv1.infer(t0, t1, SILU);
      pool.infer(t1, tOut);
    }
  }
}
