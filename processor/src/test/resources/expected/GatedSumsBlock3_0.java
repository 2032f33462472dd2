package good;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;
import static dev.lanewise.spec.Activation.SIGMOID;
import static dev.lanewise.spec.Activation.SILU;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.AveragePool;
import dev.lanewise.layer.AveragePoolTraining;
import dev.lanewise.layer.Conv;
import dev.lanewise.layer.ConvInference;
import dev.lanewise.layer.ConvTraining;
import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.Gate;
import dev.lanewise.layer.GateInference;
import dev.lanewise.layer.GateTraining;
import dev.lanewise.layer.InferenceContext;
import dev.lanewise.layer.Join;
import dev.lanewise.layer.Layers;
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
 * Block 3.0 of {@link GatedSums}, as {@link Loose} declares it.
 *
 * <pre>{@code
 * conv1     3x3 same  32 -> 24
 * squeeze1  global average
 * convFc1   1x1       24 -> 6  -> relu
 * convFc2   1x1       6 -> 24  -> sigmoid
 * gate1     the map times that
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class GatedSumsBlock3_0 implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 32;
  private static final int CHANNELS_1 = 24;
  private static final int CHANNELS_FC1 = 6;
  private static final int CHANNELS_FC2 = 24;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_1 = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_FC1 = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_FC2 = Window.valid(1, 1, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv conv1;
  private final AveragePool squeeze1;
  private final Conv convFc1;
  private final Conv convFc2;
  private final Gate gate1;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param index the block's index, from 0
   */
  GatedSumsBlock3_0(Layers layers, String stage, String index) {
    conv1 = layers.conv(stage + "." + index + ".conv1", WINDOW_1, CHANNELS_IN, CHANNELS_1, true,
        INITIALIZER);
    squeeze1 = layers.globalAveragePool(stage + "." + index + ".fc1_squeeze");
    convFc1 = layers.conv(stage + "." + index + ".fc1", WINDOW_FC1, CHANNELS_1, CHANNELS_FC1, true,
        INITIALIZER);
    convFc2 = layers.conv(stage + "." + index + ".fc2", WINDOW_FC2, CHANNELS_FC1, CHANNELS_FC2,
        true, INITIALIZER);
    gate1 = layers.gate(stage + "." + index + ".fc1_multiply");
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
    weights.copy(conv1);
    weights.copy(convFc1);
    weights.copy(convFc2);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after1 = graph.conv(conv1, x);
    String average1 = graph.squeeze(squeeze1, after1);
    String reduced1 = graph.activation(RELU, graph.conv(convFc1, average1));
    String values1 = graph.activation(SIGMOID, graph.conv(convFc2, reduced1));
    String gated1 = graph.multiply(gate1, after1, values1);
    return graph.activation(SILU, gated1);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv1;
    private final AveragePoolTraining squeeze1;
    private final ConvTraining convFc1;
    private final ConvTraining convFc2;
    private final GateTraining gate1;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor y1;
    private Operand a1;
    private Tensor s1;
    private Operand sIn1;
    private Tensor yFc1;
    private Operand aFc1;
    private Tensor yFc2;
    private Tensor g1;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dyFc2;
    private Epilogue sumsFc1;
    private Operand dyFc1;
    private Tensor ds1;
    private Epilogue sums1;
    private Operand dy1;
    private Tensor dx;

    Training(GatedSumsBlock3_0 block, TrainingContext context) {
      conv1 = block.conv1.training(context, context.input());
      squeeze1 = block.squeeze1.training(context, conv1);
      convFc1 = block.convFc1.training(context, squeeze1);
      convFc2 = block.convFc2.training(context, convFc1);
      gate1 = block.gate1.training(context, convFc2);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      y1 = arena.acquire(conv1.outputShape(x.shape()));
      a1 = Operand.of(y1);
      s1 = arena.acquire(squeeze1.outputShape(y1.shape()));
      sIn1 = Operand.of(s1);
      yFc1 = arena.acquire(convFc1.outputShape(s1.shape()));
      aFc1 = Operand.of(yFc1);
      yFc2 = arena.acquire(convFc2.outputShape(yFc1.shape()));
      g1 = arena.acquire(yFc2.shape());
      out = arena.acquire(y1.shape());
      join = Join.gatedPlain(conv1, y1, gate1, g1, SILU, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // conv1
      conv1.forward(xIn, y1, NONE);
      squeeze1.forward(a1, s1);
      // convFc1 -> relu
      convFc1.forward(sIn1, yFc1, RELU);
      // convFc2
      convFc2.forward(aFc1, yFc2, NONE);
      gate1.forward(yFc2, g1, SIGMOID);
      // conv1 * g1 -> silu
      join.forward();
    }

    @Override
    public void backward() {
      // gate1 backward, over yFc2
      gate1.backwardGate(dOut, a1, yFc2, SIGMOID);
      // gradients of convFc2's weights
      convFc2.backwardWeights(aFc1, dyFc2);
      // convFc2 backward -> relu
      convFc2.backwardData(dyFc2, yFc1, sumsFc1);
      // gradients of convFc1's weights
      convFc1.backwardWeights(sIn1, dyFc1);
      // convFc1 backward
      convFc1.backwardData(dyFc1, ds1);
      // the map's gradient, by what was multiplied and by its average
      gate1.backwardData(dOut, g1, ds1, y1, sums1);
      // gradients of conv1's weights
      conv1.backwardWeights(xIn, dy1);
      // conv1 backward, and what the block below wants
      conv1.backwardData(dy1, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      dyFc2 = Operand.of(yFc2);
      sumsFc1 = convFc1.gradientSums(yFc1, RELU);
      // last used by convFc2.backwardData
      arena.release(yFc2);
      dyFc1 = Operand.of(yFc1);
      // last used by convFc1.backwardWeights
      arena.release(s1);
      ds1 = arena.acquire(s1.shape());
      // last used by convFc1.backwardData
      arena.release(yFc1);
      sums1 = conv1.gradientSums(y1, NONE);
      // last used by gate1.backwardData
      arena.release(dOut);
      arena.release(g1);
      arena.release(ds1);
      dy1 = Operand.of(y1);
      dx = arena.acquire(x.shape());
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
    private final PoolInference squeeze1;
    private final ConvInference convFc1;
    private final ConvInference convFc2;
    private final GateInference gate1;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t1;
    private Tensor ts1;
    private Tensor tFc1;
    private Tensor tFc2;
    private Tensor tOut;

    Inference(GatedSumsBlock3_0 block, InferenceContext context) {
      conv1 = block.conv1.inference(context);
      squeeze1 = block.squeeze1.inference(context);
      convFc1 = block.convFc1.inference(context);
      convFc2 = block.convFc2.inference(context);
      gate1 = block.gate1.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t1 = arena.acquire(conv1.outputShape(tIn.shape()));
      // last used by conv1.infer
      arena.release(tIn);
      ts1 = arena.acquire(squeeze1.outputShape(t1.shape()));
      tFc1 = arena.acquire(convFc1.outputShape(ts1.shape()));
      // last used by convFc1.infer
      arena.release(ts1);
      tFc2 = arena.acquire(convFc2.outputShape(tFc1.shape()));
      // last used by convFc2.infer
      arena.release(tFc1);
      tOut = arena.acquire(t1.shape());
      // last used by gate1.infer
      arena.release(t1);
      arena.release(tFc2);
      return tOut;
    }

    @Override
    public void infer() {
      conv1.infer(tIn, t1, NONE);
      squeeze1.infer(t1, ts1);
      // convFc1 -> relu
      convFc1.infer(ts1, tFc1, RELU);
      // convFc2 -> sigmoid
      convFc2.infer(tFc1, tFc2, SIGMOID);
      // t1 * tFc2 -> silu
      gate1.infer(t1, tFc2, null, SILU, tOut);
    }
  }
}
