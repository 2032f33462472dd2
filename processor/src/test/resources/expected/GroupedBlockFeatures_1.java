package good;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;
import static dev.lanewise.spec.Activation.RELU6;
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
 * Blocks features.1 and features.2 of {@link Grouped}, as {@link Inverted} declares them.
 *
 * <pre>{@code
 * conv0      1x1       8 -> 24             -> bn0 -> relu6
 * conv1      3x3 same  24 -> 24 depthwise  -> bn1 -> relu6
 * squeeze1   global average
 * conv1_fc1  1x1       24 -> 6             -> relu
 * conv1_fc2  1x1       6 -> 24             -> sigmoid
 * gate1      the map times that
 * conv2      1x1       24 -> 8             -> bn2
 * join       bn2 + x
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class GroupedBlockFeatures_1 implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 8;
  private static final int CHANNELS_0 = 24;
  private static final int CHANNELS_1 = 24;
  private static final int CHANNELS_1_FC1 = 6;
  private static final int CHANNELS_1_FC2 = 24;
  private static final int CHANNELS_2 = 8;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_0 = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_1 = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_1_FC1 = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_1_FC2 = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_2 = Window.valid(1, 1, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Conv conv0;
  private final BatchNorm bn0;
  private final Conv conv1;
  private final BatchNorm bn1;
  private final AveragePool squeeze1;
  private final Conv conv1_fc1;
  private final Conv conv1_fc2;
  private final Gate gate1;
  private final Conv conv2;
  private final BatchNorm bn2;

  /** What names the layers. */
  private final String stage;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   */
  GroupedBlockFeatures_1(Layers layers, String stage) {
    this.stage = stage;
    conv0 = layers.conv(stage + ".conv.0", WINDOW_0, CHANNELS_IN, CHANNELS_0, false, INITIALIZER);
    bn0 = layers.batchNorm(stage + ".norm.0", CHANNELS_0);
    conv1 = layers.conv(stage + ".conv.1", WINDOW_1, CHANNELS_0, CHANNELS_0, CHANNELS_1, false,
        INITIALIZER);
    bn1 = layers.batchNorm(stage + ".norm.1", CHANNELS_1);
    squeeze1 = layers.globalAveragePool(stage + ".conv.1.fc1_squeeze");
    conv1_fc1 = layers.conv(stage + ".conv.1.fc1", WINDOW_1_FC1, CHANNELS_1, CHANNELS_1_FC1, true,
        INITIALIZER);
    conv1_fc2 = layers.conv(stage + ".conv.1.fc2", WINDOW_1_FC2, CHANNELS_1_FC1, CHANNELS_1_FC2,
        true, INITIALIZER);
    gate1 = layers.gate(stage + ".conv.1.fc1_multiply");
    conv2 = layers.conv(stage + ".conv.2", WINDOW_2, CHANNELS_1, CHANNELS_2, false, INITIALIZER);
    bn2 = layers.batchNorm(stage + ".norm.3", CHANNELS_2);
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
    weights.copy(conv1_fc1);
    weights.copy(conv1_fc2);
    weights.fold(conv2, bn2);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after0 = graph.activation(RELU6, stage + ".act.0",
        graph.batchNorm(bn0, graph.conv(conv0, x)));
    String after1 = graph.activation(RELU6, stage + ".act.1",
        graph.batchNorm(bn1, graph.conv(conv1, after0)));
    String average1 = graph.squeeze(squeeze1, after1);
    String reduced1 = graph.activation(RELU, stage + ".act.1.fc1_activation",
        graph.conv(conv1_fc1, average1));
    String values1 = graph.activation(SIGMOID, stage + ".act.1.fc2_activation",
        graph.conv(conv1_fc2, reduced1));
    String gated1 = graph.multiply(gate1, after1, values1);
    String after2 = graph.batchNorm(bn2, graph.conv(conv2, gated1));
    return graph.add(after2, x);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining conv0;
    private final BatchNormTraining bn0;
    private final ConvTraining conv1;
    private final BatchNormTraining bn1;
    private final AveragePoolTraining squeeze1;
    private final ConvTraining conv1_fc1;
    private final ConvTraining conv1_fc2;
    private final GateTraining gate1;
    private final ConvTraining conv2;
    private final BatchNormTraining bn2;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor y0;
    private Operand a0;
    private Tensor y1;
    private Operand a1;
    private Tensor s1;
    private Operand sIn1;
    private Tensor y1_fc1;
    private Operand a1_fc1;
    private Tensor y1_fc2;
    private Tensor g1;
    private Operand u1;
    private Tensor y2;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dy2;
    private Tensor dz1;
    private Operand dy1_fc2;
    private Epilogue sums1_fc1;
    private Operand dy1_fc1;
    private Tensor ds1;
    private Epilogue sums1;
    private Operand dy1;
    private Tensor dz0;
    private Epilogue sums0;
    private Operand dy0;
    private Tensor dx;

    Training(GroupedBlockFeatures_1 block, TrainingContext context) {
      conv0 = block.conv0.training(context, context.input());
      bn0 = block.bn0.training(context, conv0);
      conv1 = block.conv1.training(context, bn0);
      bn1 = block.bn1.training(context, conv1);
      squeeze1 = block.squeeze1.training(context, bn1);
      conv1_fc1 = block.conv1_fc1.training(context, squeeze1);
      conv1_fc2 = block.conv1_fc2.training(context, conv1_fc1);
      gate1 = block.gate1.training(context, conv1_fc2);
      conv2 = block.conv2.training(context, conv1_fc2);
      bn2 = block.bn2.training(context, conv2);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      y0 = arena.acquire(conv0.outputShape(x.shape()));
      a0 = bn0.activated(y0, RELU6);
      y1 = arena.acquire(conv1.outputShape(y0.shape()));
      a1 = bn1.activated(y1, RELU6);
      s1 = arena.acquire(squeeze1.outputShape(y1.shape()));
      sIn1 = Operand.of(s1);
      y1_fc1 = arena.acquire(conv1_fc1.outputShape(s1.shape()));
      a1_fc1 = Operand.of(y1_fc1);
      y1_fc2 = arena.acquire(conv1_fc2.outputShape(y1_fc1.shape()));
      g1 = arena.acquire(y1_fc2.shape());
      u1 = gate1.gated(a1, g1);
      y2 = arena.acquire(conv2.outputShape(y1.shape()));
      out = arena.acquire(y2.shape());
      join = Join.identity(bn2, y2, x, NONE, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // conv0, and bn0's sums
      conv0.forward(xIn, y0, bn0.statistics());
      bn0.finishStatistics();
      // bn0 -> relu6 -> conv1, and bn1's sums
      conv1.forward(a0, y1, bn1.statistics());
      bn1.finishStatistics();
      squeeze1.forward(a1, s1);
      // conv1_fc1 -> relu
      conv1_fc1.forward(sIn1, y1_fc1, RELU);
      // conv1_fc2
      conv1_fc2.forward(a1_fc1, y1_fc2, NONE);
      gate1.forward(y1_fc2, g1, SIGMOID);
      // bn1 -> relu6 -> gate1 -> conv2, and bn2's sums
      conv2.forward(u1, y2, bn2.statistics());
      bn2.finishStatistics();
      // bn2 + x
      join.forward();
    }

    @Override
    public void backward() {
      // the sums came with dOut
      bn2.finishGradients();
      // bn2 backward, over y2: two products read it many times
      bn2.formInputGradient(dOut, y2);
      // relu6(bn1) -> gradients of conv2's weights
      conv2.backwardWeights(u1, dy2);
      // conv2 backward
      conv2.backwardData(dy2, dz1);
      // gate1 backward, over y1_fc2
      gate1.backwardGate(dz1, a1, y1_fc2, SIGMOID);
      // gradients of conv1_fc2's weights
      conv1_fc2.backwardWeights(a1_fc1, dy1_fc2);
      // conv1_fc2 backward -> relu
      conv1_fc2.backwardData(dy1_fc2, y1_fc1, sums1_fc1);
      // gradients of conv1_fc1's weights
      conv1_fc1.backwardWeights(sIn1, dy1_fc1);
      // conv1_fc1 backward
      conv1_fc1.backwardData(dy1_fc1, ds1);
      // the map's gradient, by what was multiplied and by its average
      gate1.backwardData(dz1, g1, ds1, dz1, sums1);
      bn1.finishGradients();
      // bn1 backward, over y1: two products read it many times
      bn1.formInputGradient(dz1, y1);
      // relu6(bn0) -> gradients of conv1's weights
      conv1.backwardWeights(a0, dy1);
      // conv1 backward -> relu6 backward, and bn0's sums
      conv1.backwardData(dy1, dz0, sums0);
      bn0.finishGradients();
      // bn0 backward, over y0: two products read it many times
      bn0.formInputGradient(dz0, y0);
      // gradients of conv0's weights
      conv0.backwardWeights(xIn, dy0);
      // conv0 backward + dOut, and what the block below wants
      conv0.backwardData(dy0, dx, dOut, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      dy2 = Operand.of(y2);
      dz1 = arena.acquire(y1.shape());
      // last used by conv2.backwardData
      arena.release(y2);
      dy1_fc2 = Operand.of(y1_fc2);
      sums1_fc1 = conv1_fc1.gradientSums(y1_fc1, RELU);
      // last used by conv1_fc2.backwardData
      arena.release(y1_fc2);
      dy1_fc1 = Operand.of(y1_fc1);
      // last used by conv1_fc1.backwardWeights
      arena.release(s1);
      ds1 = arena.acquire(s1.shape());
      // last used by conv1_fc1.backwardData
      arena.release(y1_fc1);
      sums1 = bn1.gradientSums(y1, RELU6);
      // last used by gate1.backwardData
      arena.release(g1);
      arena.release(ds1);
      // last used by bn1.formInputGradient
      arena.release(dz1);
      dy1 = Operand.of(y1);
      dz0 = arena.acquire(y0.shape());
      sums0 = bn0.gradientSums(y0, RELU6);
      // last used by conv1.backwardData
      arena.release(y1);
      // last used by bn0.formInputGradient
      arena.release(dz0);
      dy0 = Operand.of(y0);
      dx = arena.acquire(x.shape());
      // last used by conv0.backwardData
      arena.release(y0);
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
    private final ConvInference conv0;
    private final ConvInference conv1;
    private final PoolInference squeeze1;
    private final ConvInference conv1_fc1;
    private final ConvInference conv1_fc2;
    private final GateInference gate1;
    private final ConvInference conv2;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t0;
    private Tensor t1;
    private Tensor ts1;
    private Tensor t1_fc1;
    private Tensor t1_fc2;
    private Operand tu1;

    Inference(GroupedBlockFeatures_1 block, InferenceContext context) {
      conv0 = block.conv0.inference(context);
      conv1 = block.conv1.inference(context);
      squeeze1 = block.squeeze1.inference(context);
      conv1_fc1 = block.conv1_fc1.inference(context);
      conv1_fc2 = block.conv1_fc2.inference(context);
      gate1 = block.gate1.inference(context);
      conv2 = block.conv2.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t0 = arena.acquire(conv0.outputShape(tIn.shape()));
      t1 = arena.acquire(conv1.outputShape(t0.shape()));
      // last used by conv1.infer
      arena.release(t0);
      ts1 = arena.acquire(squeeze1.outputShape(t1.shape()));
      t1_fc1 = arena.acquire(conv1_fc1.outputShape(ts1.shape()));
      // last used by conv1_fc1.infer
      arena.release(ts1);
      t1_fc2 = arena.acquire(conv1_fc2.outputShape(t1_fc1.shape()));
      // last used by conv1_fc2.infer
      arena.release(t1_fc1);
      tu1 = gate1.gated(t1, t1_fc2);
      // last used by conv2.infer
      arena.release(t1);
      arena.release(t1_fc2);
      return tIn;
    }

    @Override
    public void infer() {
      // conv0 -> bn0 -> relu6
      conv0.infer(tIn, t0, RELU6);
      // conv1 -> bn1 -> relu6
      conv1.infer(t0, t1, RELU6);
      squeeze1.infer(t1, ts1);
      // conv1_fc1 -> relu
      conv1_fc1.infer(ts1, t1_fc1, RELU);
      // conv1_fc2 -> sigmoid
      conv1_fc2.infer(t1_fc1, t1_fc2, SIGMOID);
      // conv2 -> bn2 + x
      conv2.infer(tu1, tIn, tIn, NONE);
    }
  }
}
