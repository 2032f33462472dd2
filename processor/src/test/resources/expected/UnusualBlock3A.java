package good;

import static dev.lanewise.spec.Activation.NONE;
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
 * Block conv3A of {@link Unusual}, as {@link Two} declares it.
 *
 * <pre>{@code
 * convReduce  1x1       8 -> 9   -> bnReduce
 * convIn_2    3x3 same  9 -> 10  -> bnIn_2
 * conv0       3x3 same  8 -> 10  -> bn0 on the shortcut
 * join        bnIn_2 + bn0 -> relu
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class UnusualBlock3A implements Block {
  /** Channels of the input and of each unit. */
  private static final int CHANNELS_IN = 8;
  private static final int CHANNELS_REDUCE = 9;
  private static final int CHANNELS_IN_2 = 10;
  private static final int CHANNELS_0 = 10;

  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_REDUCE = Window.valid(1, 1, 1, 1);
  private static final Window WINDOW_IN_2 = Window.same(3, 3, 1, 1);
  private static final Window WINDOW_0 = Window.same(3, 3, 1, 1);

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.zeros();

  /** The layers. */
  private final Conv convReduce;
  private final BatchNorm bnReduce;
  private final Conv convIn_2;
  private final BatchNorm bnIn_2;
  private final Conv conv0;
  private final BatchNorm bn0;

  /**
   * Makes the layers of one block.
   *
   * @param stage the stage's name
   * @param block the block's letter
   */
  UnusualBlock3A(Layers layers, String stage, String block) {
    convReduce = layers.conv(stage + "_block" + block + "_reduce_conv", WINDOW_REDUCE, CHANNELS_IN,
        CHANNELS_REDUCE, false, INITIALIZER);
    bnReduce = layers.batchNorm(stage + "_block" + block + "_reduce_bn", CHANNELS_REDUCE);
    convIn_2 = layers.conv(stage + "_block" + block + "_in_conv", WINDOW_IN_2, CHANNELS_REDUCE,
        CHANNELS_IN_2, true, INITIALIZER);
    bnIn_2 = layers.batchNorm(stage + "_block" + block + "_in_bn", CHANNELS_IN_2);
    conv0 = layers.conv(stage + "_block" + block + "_0_conv", WINDOW_0, CHANNELS_IN, CHANNELS_0,
        true, INITIALIZER);
    bn0 = layers.batchNorm(stage + "_block" + block + "_0_bn", CHANNELS_0);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterConvReduce = convReduce.outputShape(in);
    return convIn_2.outputShape(afterConvReduce);
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
    weights.fold(convReduce, bnReduce);
    weights.fold(convIn_2, bnIn_2);
    weights.fold(conv0, bn0);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String afterReduce = graph.batchNorm(bnReduce, graph.conv(convReduce, x));
    String afterIn_2 = graph.batchNorm(bnIn_2, graph.conv(convIn_2, afterReduce));
    String shortcut = graph.batchNorm(bn0, graph.conv(conv0, x));
    return graph.activation(RELU, graph.add(afterIn_2, shortcut));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final ConvTraining convReduce;
    private final BatchNormTraining bnReduce;
    private final ConvTraining convIn_2;
    private final BatchNormTraining bnIn_2;
    private final ConvTraining conv0;
    private final BatchNormTraining bn0;

    /** Forward: y is what a convolution writes, a is how it is read, activated. */
    private Tensor x;
    private Operand xIn;
    private Tensor yReduce;
    private Operand aReduce;
    private Tensor yIn_2;
    private Tensor y0;
    private Tensor out;
    private Join join;
    private Epilogue outSums;

    /** Backward: dz is a normalisation's gradient, dy is y's, written over it. */
    private Tensor dOut;
    private Epilogue below;
    private Operand dyIn_2;
    private Tensor dzReduce;
    private Epilogue sumsReduce;
    private Operand dyReduce;
    private Operand dy0;
    private Tensor dx;

    Training(UnusualBlock3A block, TrainingContext context) {
      convReduce = block.convReduce.training(context, context.input());
      bnReduce = block.bnReduce.training(context, convReduce);
      convIn_2 = block.convIn_2.training(context, bnReduce);
      bnIn_2 = block.bnIn_2.training(context, convIn_2);
      conv0 = block.conv0.training(context, context.input());
      bn0 = block.bn0.training(context, conv0);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      yReduce = arena.acquire(convReduce.outputShape(x.shape()));
      aReduce = bnReduce.activated(yReduce, NONE);
      yIn_2 = arena.acquire(convIn_2.outputShape(yReduce.shape()));
      y0 = arena.acquire(conv0.outputShape(x.shape()));
      out = arena.acquire(yIn_2.shape());
      join = Join.projection(bnIn_2, yIn_2, bn0, y0, RELU, out);
      outSums = join.gradientSums();
      return out;
    }

    @Override
    public void forward() {
      // convReduce, and bnReduce's sums
      convReduce.forward(xIn, yReduce, bnReduce.statistics());
      bnReduce.finishStatistics();
      // bnReduce -> convIn_2, and bnIn_2's sums
      convIn_2.forward(aReduce, yIn_2, bnIn_2.statistics());
      bnIn_2.finishStatistics();
      // conv0, and bn0's sums
      conv0.forward(xIn, y0, bn0.statistics());
      bn0.finishStatistics();
      // bnIn_2 + bn0 -> relu
      join.forward();
    }

    @Override
    public void backward() {
      // the sums came with dOut
      bnIn_2.finishGradients();
      // bnIn_2 backward, over yIn_2: two products read it many times
      bnIn_2.formInputGradient(dOut, yIn_2);
      // bnReduce -> gradients of convIn_2's weights
      convIn_2.backwardWeights(aReduce, dyIn_2);
      // convIn_2 backward, and bnReduce's sums
      convIn_2.backwardData(dyIn_2, dzReduce, sumsReduce);
      bnReduce.finishGradients();
      // bnReduce backward, over yReduce: two products read it many times
      bnReduce.formInputGradient(dzReduce, yReduce);
      // gradients of convReduce's weights
      convReduce.backwardWeights(xIn, dyReduce);
      // the sums came with dOut
      bn0.finishGradients();
      // bn0 backward, over y0: two products read it many times
      bn0.formInputGradient(dOut, y0);
      // gradients of conv0's weights
      conv0.backwardWeights(xIn, dy0);
      // conv0 backward
      conv0.backwardData(dy0, dx);
      // convReduce backward + conv0's, and what the block below wants
      convReduce.backwardData(dyReduce, dx, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.dOut = dOut;
      this.below = below;
      // not read any more
      arena.release(out);
      dyIn_2 = Operand.of(yIn_2);
      dzReduce = arena.acquire(yReduce.shape());
      sumsReduce = bnReduce.gradientSums(yReduce, NONE);
      // last used by convIn_2.backwardData
      arena.release(yIn_2);
      // last used by bnReduce.formInputGradient
      arena.release(dzReduce);
      dyReduce = Operand.of(yReduce);
      // last used by bn0.formInputGradient
      arena.release(dOut);
      dy0 = Operand.of(y0);
      dx = arena.acquire(x.shape());
      // last used by conv0.backwardData
      arena.release(y0);
      // last used by convReduce.backwardData
      arena.release(yReduce);
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
    private final ConvInference convReduce;
    private final ConvInference convIn_2;
    private final ConvInference conv0;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tReduce;
    private Tensor t0;

    Inference(UnusualBlock3A block, InferenceContext context) {
      convReduce = block.convReduce.inference(context);
      convIn_2 = block.convIn_2.inference(context);
      conv0 = block.conv0.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tReduce = arena.acquire(convReduce.outputShape(tIn.shape()));
      t0 = arena.acquire(conv0.outputShape(tIn.shape()));
      // last used by conv0.infer
      arena.release(tIn);
      // last used by convIn_2.infer
      arena.release(tReduce);
      return t0;
    }

    @Override
    public void infer() {
      // convReduce -> bnReduce
      convReduce.infer(tIn, tReduce, NONE);
      // conv0 -> bn0
      conv0.infer(tIn, t0, NONE);
      // convIn_2 -> bnIn_2 + bn0 -> relu
      convIn_2.infer(tReduce, t0, t0, RELU);
    }
  }
}
