package good;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.BatchNorm;
import dev.lanewise.layer.BatchNormInference;
import dev.lanewise.layer.BatchNormTraining;
import dev.lanewise.layer.Concatenation;
import dev.lanewise.layer.ConcatenationPass;
import dev.lanewise.layer.Conv;
import dev.lanewise.layer.ConvInference;
import dev.lanewise.layer.ConvTraining;
import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.InferenceContext;
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
 * Blocks dense1.layer2, dense1.layer3 and dense2.layer2 of {@link Growing}, as {@link DenseLayer} declares them.
 *
 * <pre>{@code
 * bnNorm1        -> relu
 * conv1          1x1       C -> 16  -> bn1 -> relu
 * conv2          3x3 same  16 -> 4
 * concatenation  x beside conv2
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class GrowingBlockDense1_layer2 implements Block {
  /** Channels of each unit. */
  private static final int CHANNELS_1 = 16;
  private static final int CHANNELS_2 = 4;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_1 = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_2 = Window.same(3, 3, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final BatchNorm bnNorm1;
  private final Conv conv1;
  private final BatchNorm bn1;
  private final Conv conv2;
  private final Concatenation concatenation;

  /** What names the layers. */
  private final String stage;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param channels channels of the input
   * @param width channels of the stage's output
   */
  GrowingBlockDense1_layer2(Layers layers, String stage, int channels, int width) {
    this.stage = stage;
    bnNorm1 = layers.batchNorm(stage + ".norm1", channels);
    conv1 = layers.conv(stage + ".conv1", WINDOW_1, channels, CHANNELS_1, false, INITIALIZER);
    bn1 = layers.batchNorm(stage + ".norm2", CHANNELS_1);
    conv2 = layers.conv(stage + ".conv2", WINDOW_2, CHANNELS_1, CHANNELS_2, false, INITIALIZER);
    concatenation = layers.concatenation(channels, CHANNELS_2, width);
  }

  @Override
  public Shape outputShape(Shape in) {
    return concatenation.outputShape(in);
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
    weights.copy(bnNorm1);
    weights.fold(conv1, bn1);
    weights.copy(conv2);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String activated = graph.activation(RELU, stage + ".relu1", graph.batchNorm(bnNorm1, x));
    String after1 = graph.activation(RELU, stage + ".relu2",
        graph.batchNorm(bn1, graph.conv(conv1, activated)));
    String after2 = graph.conv(conv2, after1);
    return graph.concatenate(stage + ".concat", x, after2);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final BatchNormTraining bnNorm1;
    private final ConvTraining conv1;
    private final BatchNormTraining bn1;
    private final ConvTraining conv2;
    private final ConcatenationPass concatenation;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand aNorm1;
    private Tensor y1;
    private Operand a1;
    private Tensor added;
    private Tensor out;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dAdded;
    private Operand dAddedIn;
    private Tensor dz1;
    private Epilogue sums1;
    private Operand dy1;
    private Tensor dzNorm1;
    private Epilogue sumsNorm1;
    private Tensor dKept;

    Training(GrowingBlockDense1_layer2 block, TrainingContext context) {
      bnNorm1 = block.bnNorm1.training(context, context.input());
      conv1 = block.conv1.training(context, bnNorm1);
      bn1 = block.bn1.training(context, conv1);
      conv2 = block.conv2.training(context, bn1);
      concatenation = block.concatenation.training(context, context.input());
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      aNorm1 = bnNorm1.activated(x, RELU);
      y1 = arena.acquire(conv1.outputShape(x.shape()));
      a1 = bn1.activated(y1, RELU);
      added = concatenation.added(x);
      out = concatenation.output(x);
      return out;
    }

    @Override
    public void forward() {
      // bnNorm1's statistics of x
      bnNorm1.batchStatistics(x);
      // bnNorm1 -> relu -> conv1, and bn1's sums
      conv1.forward(aNorm1, y1, bn1.statistics());
      bn1.finishStatistics();
      // bn1 -> relu -> conv2, beside x
      conv2.forward(a1, added, NONE);
    }

    @Override
    public void backward() {
      // relu(bn1) -> gradients of conv2's weights
      conv2.backwardWeights(a1, dAddedIn);
      // conv2 backward -> relu backward, and bn1's sums
      conv2.backwardData(dAddedIn, dz1, sums1);
      bn1.finishGradients();
      // bn1 backward, over y1: two products read it many times
      bn1.formInputGradient(dz1, y1);
      // relu(bnNorm1) -> gradients of conv1's weights
      conv1.backwardWeights(aNorm1, dy1);
      // conv1 backward -> relu backward, and bnNorm1's sums
      conv1.backwardData(dy1, dzNorm1, sumsNorm1);
      bnNorm1.finishGradients();
      // bnNorm1 backward, added to dKept
      bnNorm1.backwardData(dzNorm1, x, dKept, dKept, null);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      dAdded = concatenation.added(dOut);
      dAddedIn = Operand.of(dAdded);
      dz1 = arena.acquire(y1.shape());
      sums1 = bn1.gradientSums(y1, RELU);
      // last used by bn1.formInputGradient
      arena.release(dz1);
      dy1 = Operand.of(y1);
      dzNorm1 = arena.acquire(x.shape());
      sumsNorm1 = bnNorm1.gradientSums(x, RELU);
      // last used by conv1.backwardData
      arena.release(y1);
      dKept = concatenation.kept(dOut);
      // last used by bnNorm1.backwardData
      arena.release(dzNorm1);
      return dKept;
    }

    @Override
    public Epilogue outputGradient() {
      return null;
    }
  }

  /** An inference pass, over folded weights. */
  private static final class Inference implements BlockInference {
    /** The layers. */
    private final BatchNormInference bnNorm1;
    private final ConvInference conv1;
    private final ConvInference conv2;
    private final ConcatenationPass concatenation;

    /** What the layers read and write. */
    private Tensor tIn;
    private Operand tNorm1;
    private Tensor t1;
    private Tensor tAdded;
    private Tensor tOut;

    Inference(GrowingBlockDense1_layer2 block, InferenceContext context) {
      bnNorm1 = block.bnNorm1.inference(context);
      conv1 = block.conv1.inference(context);
      conv2 = block.conv2.inference(context);
      concatenation = block.concatenation.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tNorm1 = bnNorm1.activated(tIn, RELU);
      t1 = arena.acquire(conv1.outputShape(tIn.shape()));
      tAdded = concatenation.added(tIn);
      // last used by conv2.infer
      arena.release(t1);
      tOut = concatenation.output(tIn);
      return tOut;
    }

    @Override
    public void infer() {
      // conv1 -> bn1 -> relu
      conv1.infer(tNorm1, t1, RELU);
      // conv2, beside x
      conv2.infer(t1, tAdded, NONE);
    }
  }
}
