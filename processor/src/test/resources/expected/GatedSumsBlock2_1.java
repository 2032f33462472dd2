package good;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;
import static dev.lanewise.spec.Activation.SIGMOID;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.AveragePool;
import dev.lanewise.layer.AveragePoolTraining;
import dev.lanewise.layer.BatchNorm;
import dev.lanewise.layer.BatchNormTraining;
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
 * Block 2.1 of {@link GatedSums}, as {@link Excited} declares it.
 *
 * <pre>{@code
 * conv1     3x3 same  32 -> 8  -> bn1 -> relu
 * conv2     1x1       8 -> 32  -> bn2
 * squeeze2  global average
 * convFc1   1x1       32 -> 2  -> relu
 * convFc2   1x1       2 -> 32  -> sigmoid
 * gate2     the map times that
 * join      gate2 + x -> relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class GatedSumsBlock2_1 implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 32;
  private static final int CHANNELS_1 = 8;
  private static final int CHANNELS_2 = 32;
  private static final int CHANNELS_FC1 = 2;
  private static final int CHANNELS_FC2 = 32;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_1 = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_2 = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_FC1 = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_FC2 = Window.valid(1, 1, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv conv1;
  private final BatchNorm bn1;
  private final Conv conv2;
  private final BatchNorm bn2;
  private final AveragePool squeeze2;
  private final Conv convFc1;
  private final Conv convFc2;
  private final Gate gate2;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param index the block's index, from 0
   */
  GatedSumsBlock2_1(Layers layers, String stage, String index) {
    conv1 = layers.conv(stage + "." + index + ".conv1", WINDOW_1, CHANNELS_IN, CHANNELS_1, true,
        INITIALIZER);
    bn1 = layers.batchNorm(stage + "." + index + ".conv1.bn", CHANNELS_1);
    conv2 = layers.conv(stage + "." + index + ".conv2", WINDOW_2, CHANNELS_1, CHANNELS_2, true,
        INITIALIZER);
    bn2 = layers.batchNorm(stage + "." + index + ".conv2.bn", CHANNELS_2);
    squeeze2 = layers.globalAveragePool(stage + "." + index + ".fc1_squeeze");
    convFc1 = layers.conv(stage + "." + index + ".fc1", WINDOW_FC1, CHANNELS_2, CHANNELS_FC1, true,
        INITIALIZER);
    convFc2 = layers.conv(stage + "." + index + ".fc2", WINDOW_FC2, CHANNELS_FC1, CHANNELS_FC2,
        true, INITIALIZER);
    gate2 = layers.gate(stage + "." + index + ".fc1_multiply");
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
    weights.copy(convFc1);
    weights.copy(convFc2);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after1 = graph.activation(RELU, graph.batchNorm(bn1, graph.conv(conv1, x)));
    String after2 = graph.batchNorm(bn2, graph.conv(conv2, after1));
    String average2 = graph.squeeze(squeeze2, after2);
    String reduced2 = graph.activation(RELU, graph.conv(convFc1, average2));
    String values2 = graph.activation(SIGMOID, graph.conv(convFc2, reduced2));
    String gated2 = graph.multiply(gate2, after2, values2);
    return graph.activation(RELU, graph.add(gated2, x));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv1;
    private final BatchNormTraining bn1;
    private final ConvTraining conv2;
    private final BatchNormTraining bn2;
    private final AveragePoolTraining squeeze2;
    private final ConvTraining convFc1;
    private final ConvTraining convFc2;
    private final GateTraining gate2;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor y1;
    private Operand a1;
    private Tensor y2;
    private Operand a2;
    private Tensor s2;
    private Operand sIn2;
    private Tensor yFc1;
    private Operand aFc1;
    private Tensor yFc2;
    private Tensor g2;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dyFc2;
    private Epilogue sumsFc1;
    private Operand dyFc1;
    private Tensor ds2;
    private Tensor dz2;
    private Epilogue sums2;
    private Operand dy2;
    private Tensor dz1;
    private Epilogue sums1;
    private Operand dy1;
    private Tensor dx;

    Training(GatedSumsBlock2_1 block, TrainingContext context) {
      conv1 = block.conv1.training(context, context.input());
      bn1 = block.bn1.training(context, conv1);
      conv2 = block.conv2.training(context, bn1);
      bn2 = block.bn2.training(context, conv2);
      squeeze2 = block.squeeze2.training(context, bn2);
      convFc1 = block.convFc1.training(context, squeeze2);
      convFc2 = block.convFc2.training(context, convFc1);
      gate2 = block.gate2.training(context, convFc2);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      y1 = arena.acquire(conv1.outputShape(x.shape()));
      a1 = bn1.activated(y1, RELU);
      y2 = arena.acquire(conv2.outputShape(y1.shape()));
      a2 = bn2.activated(y2, NONE);
      s2 = arena.acquire(squeeze2.outputShape(y2.shape()));
      sIn2 = Operand.of(s2);
      yFc1 = arena.acquire(convFc1.outputShape(s2.shape()));
      aFc1 = Operand.of(yFc1);
      yFc2 = arena.acquire(convFc2.outputShape(yFc1.shape()));
      g2 = arena.acquire(yFc2.shape());
      out = arena.acquire(y2.shape());
      join = Join.gatedIdentity(bn2, y2, gate2, g2, x, RELU, out);
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
      squeeze2.forward(a2, s2);
      // convFc1 -> relu
      convFc1.forward(sIn2, yFc1, RELU);
      // convFc2
      convFc2.forward(aFc1, yFc2, NONE);
      gate2.forward(yFc2, g2, SIGMOID);
      // bn2 * g2 + x -> relu
      join.forward();
    }

    @Override
    public void backward() {
      // gate2 backward, over yFc2
      gate2.backwardGate(dOut, a2, yFc2, SIGMOID);
      // gradients of convFc2's weights
      convFc2.backwardWeights(aFc1, dyFc2);
      // convFc2 backward -> relu
      convFc2.backwardData(dyFc2, yFc1, sumsFc1);
      // gradients of convFc1's weights
      convFc1.backwardWeights(sIn2, dyFc1);
      // convFc1 backward
      convFc1.backwardData(dyFc1, ds2);
      // the map's gradient, by what was multiplied and by its average
      gate2.backwardData(dOut, g2, ds2, dz2, sums2);
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
      // gradients of conv1's weights
      conv1.backwardWeights(xIn, dy1);
      // conv1 backward + dOut, and what the block below wants
      conv1.backwardData(dy1, dx, dOut, below);
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
      arena.release(s2);
      ds2 = arena.acquire(s2.shape());
      // last used by convFc1.backwardData
      arena.release(yFc1);
      dz2 = arena.acquire(y2.shape());
      sums2 = bn2.gradientSums(y2, NONE);
      // last used by gate2.backwardData
      arena.release(g2);
      arena.release(ds2);
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
      // last used by conv1.backwardData
      arena.release(y1);
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
    private final ConvInference conv1;
    private final ConvInference conv2;
    private final PoolInference squeeze2;
    private final ConvInference convFc1;
    private final ConvInference convFc2;
    private final GateInference gate2;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t1;
    private Tensor t2;
    private Tensor ts2;
    private Tensor tFc1;
    private Tensor tFc2;
    private Tensor tOut;

    Inference(GatedSumsBlock2_1 block, InferenceContext context) {
      conv1 = block.conv1.inference(context);
      conv2 = block.conv2.inference(context);
      squeeze2 = block.squeeze2.inference(context);
      convFc1 = block.convFc1.inference(context);
      convFc2 = block.convFc2.inference(context);
      gate2 = block.gate2.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t1 = arena.acquire(conv1.outputShape(tIn.shape()));
      t2 = arena.acquire(conv2.outputShape(t1.shape()));
      // last used by conv2.infer
      arena.release(t1);
      ts2 = arena.acquire(squeeze2.outputShape(t2.shape()));
      tFc1 = arena.acquire(convFc1.outputShape(ts2.shape()));
      // last used by convFc1.infer
      arena.release(ts2);
      tFc2 = arena.acquire(convFc2.outputShape(tFc1.shape()));
      // last used by convFc2.infer
      arena.release(tFc1);
      tOut = arena.acquire(t2.shape());
      // last used by gate2.infer
      arena.release(t2);
      arena.release(tFc2);
      arena.release(tIn);
      return tOut;
    }

    @Override
    public void infer() {
      // conv1 -> bn1 -> relu
      conv1.infer(tIn, t1, RELU);
      // conv2 -> bn2
      conv2.infer(t1, t2, NONE);
      squeeze2.infer(t2, ts2);
      // convFc1 -> relu
      convFc1.infer(ts2, tFc1, RELU);
      // convFc2 -> sigmoid
      convFc2.infer(tFc1, tFc2, SIGMOID);
      // t2 * tFc2 + x -> relu
      gate2.infer(t2, tFc2, tIn, RELU, tOut);
    }
  }
}
