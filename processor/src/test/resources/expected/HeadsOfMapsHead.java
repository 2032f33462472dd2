package good;

import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.Dense;
import dev.lanewise.layer.DenseInference;
import dev.lanewise.layer.DenseTraining;
import dev.lanewise.layer.Dropout;
import dev.lanewise.layer.DropoutTraining;
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
import dev.lanewise.train.KernelInitializer;
import dev.lanewise.train.KernelInitializers;
import javax.annotation.processing.Generated;

/**
 * The head of {@link HeadsOfMaps}.
 *
 * <pre>{@code
 * dropout1  0.5
 * dense1    flatten, to 8 -> relu
 * dense     to classes
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class HeadsOfMapsHead implements Block {
  /** Outputs of the dense layers, less the last. */
  private static final int UNITS_1 = 8;

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final Dropout dropout1;
  private final Dense dense1;
  private final Dense dense;

  /**
   * Makes the layers.
   *
   * @param in shape of the input, of any batch size
   */
  HeadsOfMapsHead(Layers layers, Shape in, int classes) {
    dropout1 = layers.dropout(0.5);
    dense1 = layers.dense("fc1", in, UNITS_1, INITIALIZER);
    dense = layers.dense("predictions", dense1.outputShape(in), classes, INITIALIZER);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterDense1 = dense1.outputShape(in);
    return dense.outputShape(afterDense1);
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
    weights.copy(dense1);
    weights.copy(dense);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after1 = graph.activation(RELU, graph.hidden(dense1, graph.dropout(dropout1, x)));
    return graph.dense(dense, after1);
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final DropoutTraining dropout1;
    private final DenseTraining dense1;
    private final DenseTraining dense;

    /** What forward reads and writes, and backward reads again. */
    private Tensor x;
    private Operand xIn;
    private Tensor d1;
    private Tensor mask1;
    private Operand d1In;
    private Tensor h1;
    private Operand a1;
    private Tensor out;

    /** Gradients. */
    private Operand dOutIn;
    private Epilogue sums1;
    private Operand dh1;
    private Tensor dx;
    private Epilogue kept1;

    Training(HeadsOfMapsHead block, TrainingContext context) {
      dropout1 = block.dropout1.training(context, context.input());
      dense1 = block.dense1.training(context, dropout1);
      dense = block.dense.training(context, dense1);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      d1 = arena.acquire(x.shape());
      mask1 = arena.acquire(x.shape());
      d1In = Operand.of(d1);
      h1 = arena.acquire(dense1.outputShape(d1.shape()));
      a1 = Operand.of(h1);
      out = arena.acquire(dense.outputShape(h1.shape()));
      return out;
    }

    @Override
    public void forward() {
      // flatten -> dropout1
      dropout1.forward(xIn, d1, mask1);
      // dense1 -> relu
      dense1.forward(d1In, h1, RELU);
      dense.forward(a1, out, NONE);
    }

    @Override
    public void backward() {
      // gradients of dense's weights
      dense.backwardWeights(a1, dOutIn);
      // dense backward -> relu backward, and dense1's sums, over h1
      dense.backwardData(dOutIn, h1, sums1);
      // gradients of dense1's weights
      dense1.backwardWeights(d1In, dh1);
      // dense1 backward -> dropout1 backward, and what the block below wants
      dense1.backwardData(dh1, dx, kept1);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      // not read any more
      arena.release(out);
      dOutIn = Operand.of(dOut);
      sums1 = dense1.gradientSums(h1, RELU);
      // last used by dense.backwardData
      arena.release(dOut);
      dh1 = Operand.of(h1);
      // last used by dense1.backwardWeights
      arena.release(d1);
      dx = arena.acquire(x.shape());
      kept1 = dropout1.gradient(mask1, below);
      // last used by dense1.backwardData
      arena.release(h1);
      arena.release(mask1);
      return dx;
    }

    @Override
    public Epilogue outputGradient() {
      return null;
    }
  }

  /** An inference pass, over folded weights. */
  private static final class Inference implements BlockInference {
    /** The layers. */
    private final DenseInference dense1;
    private final DenseInference dense;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor t1;
    private Tensor tOut;

    Inference(HeadsOfMapsHead block, InferenceContext context) {
      dense1 = block.dense1.inference(context);
      dense = block.dense.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      t1 = arena.acquire(dense1.outputShape(tIn.shape()));
      // last used by dense1.infer
      arena.release(tIn);
      tOut = arena.acquire(dense.outputShape(t1.shape()));
      // last used by dense.infer
      arena.release(t1);
      return tOut;
    }

    @Override
    public void infer() {
      // flatten -> dense1 -> relu
      dense1.infer(tIn, t1, RELU);
      dense.infer(t1, tOut, NONE);
    }
  }
}
