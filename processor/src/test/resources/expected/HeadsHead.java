package good;

import static dev.lanewise.spec.Activation.GELU;
import static dev.lanewise.spec.Activation.NONE;
import static dev.lanewise.spec.Activation.RELU;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.BatchNorm;
import dev.lanewise.layer.BatchNormTraining;
import dev.lanewise.layer.Dense;
import dev.lanewise.layer.DenseInference;
import dev.lanewise.layer.DenseTraining;
import dev.lanewise.layer.Dropout;
import dev.lanewise.layer.DropoutTraining;
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
 * The head of {@link Heads}.
 *
 * <pre>{@code
 * pool      max 4x4 / 4
 * dropout1  0.25
 * dense1    flatten, to 20 -> relu
 * dense2    to 9 -> gelu
 * dropout3  0.5
 * dense3    to 7
 * dropout4  0.25
 * dense4    to 8 -> bn4 -> relu
 * dropout   0.125
 * dense     to classes
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class HeadsHead implements Block {
  /** Height, width and strides of each window, and its padding. */
  private static final Window WINDOW_OF_POOL = Window.valid(4, 4, 4, 4);

  /** Outputs of the dense layers, less the last. */
  private static final int UNITS_1 = 20;
  private static final int UNITS_2 = 9;
  private static final int UNITS_3 = 7;
  private static final int UNITS_4 = 8;

  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.glorotUniform();

  /** The layers. */
  private final MaxPool pool;
  private final Dropout dropout1;
  private final Dense dense1;
  private final Dense dense2;
  private final Dropout dropout3;
  private final Dense dense3;
  private final Dropout dropout4;
  private final Dense dense4;
  private final BatchNorm bn4;
  private final Dropout dropout;
  private final Dense dense;

  /**
   * Makes the layers.
   *
   * @param in shape of the input, of any batch size
   */
  HeadsHead(Layers layers, Shape in, int classes) {
    pool = layers.maxPool("pool2", WINDOW_OF_POOL);
    dropout1 = layers.dropout(0.25);
    dense1 = layers.dense("fc1", pool.outputShape(in), UNITS_1, INITIALIZER);
    dense2 = layers.dense("fc2", dense1.outputShape(in), UNITS_2, INITIALIZER);
    dropout3 = layers.dropout(0.5);
    dense3 = layers.dense("fc3", dense2.outputShape(in), UNITS_3, INITIALIZER);
    dropout4 = layers.dropout(0.25);
    dense4 = layers.dense("fc4", dense3.outputShape(in), UNITS_4, INITIALIZER);
    bn4 = layers.batchNorm("bn4", UNITS_4);
    dropout = layers.dropout(0.125);
    dense = layers.dense("predictions", dense4.outputShape(in), classes, INITIALIZER);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterPool = pool.outputShape(in);
    Shape afterDense1 = dense1.outputShape(afterPool);
    Shape afterDense2 = dense2.outputShape(afterDense1);
    Shape afterDense3 = dense3.outputShape(afterDense2);
    Shape afterDense4 = dense4.outputShape(afterDense3);
    return dense.outputShape(afterDense4);
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
    weights.copy(dense2);
    weights.copy(dense3);
    weights.fold(dense4, bn4);
    weights.copy(dense);
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after1 = graph.activation(RELU,
        graph.hidden(dense1, graph.dropout(dropout1, graph.pool(pool, x))));
    String after2 = graph.activation(GELU, graph.hidden(dense2, after1));
    String after3 = graph.hidden(dense3, graph.dropout(dropout3, after2));
    String after4 = graph.activation(RELU,
        graph.batchNorm(bn4, graph.hidden(dense4, graph.dropout(dropout4, after3))));
    return graph.dense(dense, graph.dropout(dropout, after4));
  }

  /** A training pass. */
  private static final class Training implements BlockTraining {
    /** The layers. */
    private final MaxPoolTraining pool;
    private final DropoutTraining dropout1;
    private final DenseTraining dense1;
    private final DenseTraining dense2;
    private final DropoutTraining dropout3;
    private final DenseTraining dense3;
    private final DropoutTraining dropout4;
    private final DenseTraining dense4;
    private final BatchNormTraining bn4;
    private final DropoutTraining dropout;
    private final DenseTraining dense;

    /** What forward reads and writes, and backward reads again. */
    private Tensor x;
    private Operand xIn;
    private Tensor p;
    private Tensor argmax;
    private Operand pIn;
    private Tensor d1;
    private Tensor mask1;
    private Operand d1In;
    private Tensor h1;
    private Operand a1;
    private Tensor h2;
    private Operand a2;
    private Tensor d3;
    private Tensor mask3;
    private Operand d3In;
    private Tensor h3;
    private Operand a3;
    private Tensor d4;
    private Tensor mask4;
    private Operand d4In;
    private Tensor h4;
    private Operand a4;
    private Tensor d;
    private Tensor mask;
    private Operand dIn;
    private Tensor out;

    /** Gradients. */
    private Epilogue below;
    private Operand dOutIn;
    private Tensor dz4;
    private Epilogue sums4;
    private Epilogue kept;
    private Operand dh4;
    private Epilogue kept4;
    private Operand dh3;
    private Epilogue sums2;
    private Epilogue kept3;
    private Operand dh2;
    private Epilogue sums1;
    private Operand dh1;
    private Tensor dp;
    private Epilogue kept1;
    private Tensor dx;

    Training(HeadsHead block, TrainingContext context) {
      pool = block.pool.training(context, context.input());
      dropout1 = block.dropout1.training(context, pool);
      dense1 = block.dense1.training(context, dropout1);
      dense2 = block.dense2.training(context, dense1);
      dropout3 = block.dropout3.training(context, dense2);
      dense3 = block.dense3.training(context, dropout3);
      dropout4 = block.dropout4.training(context, dense3);
      dense4 = block.dense4.training(context, dropout4);
      bn4 = block.bn4.training(context, dense4);
      dropout = block.dropout.training(context, bn4);
      dense = block.dense.training(context, dropout);
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      p = arena.acquire(pool.outputShape(x.shape()));
      argmax = arena.acquire(p.shape());
      pIn = Operand.of(p);
      d1 = arena.acquire(p.shape());
      mask1 = arena.acquire(p.shape());
      d1In = Operand.of(d1);
      h1 = arena.acquire(dense1.outputShape(d1.shape()));
      a1 = Operand.of(h1);
      h2 = arena.acquire(dense2.outputShape(h1.shape()));
      a2 = dense2.activated(h2, GELU);
      d3 = arena.acquire(h2.shape());
      mask3 = arena.acquire(h2.shape());
      d3In = Operand.of(d3);
      h3 = arena.acquire(dense3.outputShape(d3.shape()));
      a3 = Operand.of(h3);
      d4 = arena.acquire(h3.shape());
      mask4 = arena.acquire(h3.shape());
      d4In = Operand.of(d4);
      h4 = arena.acquire(dense4.outputShape(d4.shape()));
      a4 = bn4.activated(h4, RELU);
      d = arena.acquire(h4.shape());
      mask = arena.acquire(h4.shape());
      dIn = Operand.of(d);
      out = arena.acquire(dense.outputShape(d.shape()));
      return out;
    }

    @Override
    public void forward() {
      pool.forward(xIn, p, argmax);
      // flatten -> dropout1
      dropout1.forward(pIn, d1, mask1);
      // dense1 -> relu
      dense1.forward(d1In, h1, RELU);
      dense2.forward(a1, h2, NONE);
      // gelu -> dropout3
      dropout3.forward(a2, d3, mask3);
      dense3.forward(d3In, h3, NONE);
      dropout4.forward(a3, d4, mask4);
      // dense4, and bn4's sums
      dense4.forward(d4In, h4, bn4.statistics());
      bn4.finishStatistics();
      // bn4 -> relu -> dropout
      dropout.forward(a4, d, mask);
      dense.forward(dIn, out, NONE);
    }

    @Override
    public void backward() {
      // gradients of dense's weights
      dense.backwardWeights(dIn, dOutIn);
      // dense backward -> dropout backward -> relu backward, and bn4's sums
      dense.backwardData(dOutIn, dz4, kept);
      bn4.finishGradients();
      // bn4 backward, over h4
      bn4.formInputGradient(dz4, h4);
      // gradients of dense4's weights
      dense4.backwardWeights(d4In, dh4);
      // dense4 backward -> dropout4 backward, over h3
      dense4.backwardData(dh4, h3, kept4);
      // gradients of dense3's weights
      dense3.backwardWeights(d3In, dh3);
      // dense3 backward -> dropout3 backward -> gelu backward, and dense2's sums, over h2
      dense3.backwardData(dh3, h2, kept3);
      // gradients of dense2's weights
      dense2.backwardWeights(a1, dh2);
      // dense2 backward -> relu backward, and dense1's sums, over h1
      dense2.backwardData(dh2, h1, sums1);
      // gradients of dense1's weights
      dense1.backwardWeights(d1In, dh1);
      // dense1 backward -> dropout1 backward
      dense1.backwardData(dh1, dp, kept1);
      // pool backward, and what the block below wants
      pool.backward(dp, argmax, dx, below);
    }

    @Override
    public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
      this.below = below;
      // not read any more
      arena.release(p);
      arena.release(out);
      dOutIn = Operand.of(dOut);
      // last used by dense.backwardWeights
      arena.release(d);
      dz4 = arena.acquire(h4.shape());
      sums4 = bn4.gradientSums(h4, RELU);
      kept = dropout.gradient(mask, sums4);
      // last used by dense.backwardData
      arena.release(dOut);
      arena.release(mask);
      // last used by bn4.formInputGradient
      arena.release(dz4);
      dh4 = Operand.of(h4);
      // last used by dense4.backwardWeights
      arena.release(d4);
      kept4 = dropout4.gradient(mask4, null);
      // last used by dense4.backwardData
      arena.release(h4);
      arena.release(mask4);
      dh3 = Operand.of(h3);
      // last used by dense3.backwardWeights
      arena.release(d3);
      sums2 = dense2.gradientSums(h2, GELU);
      kept3 = dropout3.gradient(mask3, sums2);
      // last used by dense3.backwardData
      arena.release(h3);
      arena.release(mask3);
      dh2 = Operand.of(h2);
      sums1 = dense1.gradientSums(h1, RELU);
      // last used by dense2.backwardData
      arena.release(h2);
      dh1 = Operand.of(h1);
      // last used by dense1.backwardWeights
      arena.release(d1);
      dp = arena.acquire(p.shape());
      kept1 = dropout1.gradient(mask1, null);
      // last used by dense1.backwardData
      arena.release(h1);
      arena.release(mask1);
      dx = arena.acquire(x.shape());
      // last used by pool.backward
      arena.release(dp);
      arena.release(argmax);
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
    private final PoolInference pool;
    private final DenseInference dense1;
    private final DenseInference dense2;
    private final DenseInference dense3;
    private final DenseInference dense4;
    private final DenseInference dense;

    /** What the layers read and write. */
    private Tensor tIn;
    private Tensor tp;
    private Tensor t1;
    private Tensor t2;
    private Tensor t3;
    private Tensor t4;
    private Tensor tOut;

    Inference(HeadsHead block, InferenceContext context) {
      pool = block.pool.inference(context);
      dense1 = block.dense1.inference(context);
      dense2 = block.dense2.inference(context);
      dense3 = block.dense3.inference(context);
      dense4 = block.dense4.inference(context);
      dense = block.dense.inference(context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      tIn = x;
      tp = arena.acquire(pool.outputShape(tIn.shape()));
      // last used by pool.infer
      arena.release(tIn);
      t1 = arena.acquire(dense1.outputShape(tp.shape()));
      // last used by dense1.infer
      arena.release(tp);
      t2 = arena.acquire(dense2.outputShape(t1.shape()));
      // last used by dense2.infer
      arena.release(t1);
      t3 = arena.acquire(dense3.outputShape(t2.shape()));
      // last used by dense3.infer
      arena.release(t2);
      t4 = arena.acquire(dense4.outputShape(t3.shape()));
      // last used by dense4.infer
      arena.release(t3);
      tOut = arena.acquire(dense.outputShape(t4.shape()));
      // last used by dense.infer
      arena.release(t4);
      return tOut;
    }

    @Override
    public void infer() {
      pool.infer(tIn, tp);
      // flatten -> dense1 -> relu
      dense1.infer(tp, t1, RELU);
      // dense2 -> gelu
      dense2.infer(t1, t2, GELU);
      dense3.infer(t2, t3, NONE);
      // dense4 -> bn4 -> relu
      dense4.infer(t3, t4, RELU);
      dense.infer(t4, tOut, NONE);
    }
  }
}
