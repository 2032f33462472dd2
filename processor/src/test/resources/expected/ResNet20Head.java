package good;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.layer.AveragePool;
import dev.lanewise.layer.Dense;
import dev.lanewise.layer.Layers;
import dev.lanewise.network.Block;
import dev.lanewise.network.GraphBuilder;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.KernelInitializer;
import dev.lanewise.train.KernelInitializers;
import javax.annotation.processing.Generated;

/**
 * The head of {@link ResNet20}.
 *
 * <pre>{@code
 * pool   global average
 * dense  flatten, to classes
 * }</pre>
 */
@Generated("dev.lanewise.processor.LanewiseProcessor")
final class ResNet20Head implements Block {
  /** How the kernels start. */
  private static final KernelInitializer INITIALIZER = KernelInitializers.heNormal();

  /** The layers. */
  private final AveragePool pool;
  private final Dense dense;

  /** What forward reads and writes, and backward reads again. */
  private Tensor x;
  private Operand xIn;
  private Tensor p;
  private Tensor out;

  /** Gradients. */
  private Tensor dOut;
  private Epilogue below;
  private Tensor dp;
  private Tensor dx;

  /** What infer reads and writes. */
  private Tensor tIn;
  private Tensor tp;
  private Tensor tOut;

  /**
   * Makes the layers.
   *
   * @param in shape of the input, of any batch size
   */
  ResNet20Head(Layers layers, Shape in, int classes) {
    pool = layers.globalAveragePool("global_average_pooling2d_1");
    dense = layers.dense("fc" + classes, pool.outputShape(in), classes, INITIALIZER);
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape afterPool = pool.outputShape(in);
    return dense.outputShape(afterPool);
  }

  @Override
  public Tensor planForward(ArenaPlan arena, Tensor x) {
    this.x = x;
    xIn = Operand.of(x);
    p = arena.acquire(pool.outputShape(x.shape()));
    out = arena.acquire(dense.outputShape(p.shape()));
    return out;
  }

  @Override
  public void forward() {
    pool.forward(xIn, p);
    // flatten -> dense
    dense.forward(p, out);
  }

  @Override
  public void backward() {
    // gradients of dense's weights
    dense.backwardWeights(p, dOut);
    // dense backward
    dense.backwardData(dOut, dp, null);
    // pool backward, and what the block below wants
    pool.backward(dp, dx, below);
  }

  @Override
  public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
    this.dOut = dOut;
    this.below = below;
    // not read any more
    arena.release(out);
    // last used by dense.backwardWeights
    arena.release(p);
    dp = arena.acquire(p.shape());
    // last used by dense.backwardData
    arena.release(dOut);
    dx = arena.acquire(x.shape());
    // last used by pool.backward
    arena.release(dp);
    return dx;
  }

  @Override
  public Epilogue outputGradient() {
    return null;
  }

  @Override
  public Tensor planInference(ArenaPlan arena, Tensor x) {
    tIn = x;
    tp = arena.acquire(pool.outputShape(tIn.shape()));
    // last used by pool.infer
    arena.release(tIn);
    tOut = arena.acquire(dense.outputShape(tp.shape()));
    // last used by dense.forward
    arena.release(tp);
    return tOut;
  }

  @Override
  public void infer() {
    pool.infer(tIn, tp);
    // flatten -> dense
    dense.forward(tp, tOut);
  }

  @Override
  public void fold() {
    // no normalisation here
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    return graph.dense(dense, graph.pool(pool, x));
  }
}
