package dev.lanewise.benchmarks.block;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.layer.BatchNorm;
import dev.lanewise.layer.Conv;
import dev.lanewise.layer.Join;
import dev.lanewise.layer.Layers;
import dev.lanewise.layer.Parameter;
import dev.lanewise.network.Block;
import dev.lanewise.network.GraphBuilder;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm.Mode;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.KernelInitializers;
import java.util.List;

/**
 * A residual block with the same fusion as generated ones, as one class for all of them: it loops
 * over a list of units at run time and calls the same layers.
 */
final class InterpretedBlock implements Block {
  private final Layers layers;
  private final Unit[] path;
  private final Unit projection;

  private Tensor x;
  private Operand xIn;
  private Tensor out;
  private Join join;
  private Tensor dOut;
  private Tensor dx;
  private Epilogue below;
  private Tensor tOut;

  /** A convolution, the normalisation after it, and their tensors. */
  private static final class Unit {
    final Conv conv;
    final BatchNorm bn;

    /** What the convolution writes, and how it is read, activated. */
    Tensor y;

    Operand a;

    /** The normalisation's gradient, and how it is read, formed over y. */
    Tensor dz;

    Operand dy;
    Epilogue sums;

    /** Inference: what the convolution reads and writes. */
    Tensor tIn;

    Tensor t;

    Unit(Layers layers, ResNetBlock.Unit unit) {
      conv =
          layers.conv(
              unit.conv(),
              unit.window(),
              unit.ic(),
              unit.oc(),
              true,
              KernelInitializers.glorotUniform());
      bn = layers.batchNorm(unit.bn(), unit.oc());
    }
  }

  InterpretedBlock(ResNetBlock block, Scratch scratch, double momentum, double epsilon) {
    layers = new Layers(scratch, momentum, epsilon, Mode.BY_PHASE);
    path = block.path().stream().map(unit -> new Unit(layers, unit)).toArray(Unit[]::new);
    projection = block.projection() == null ? null : new Unit(layers, block.projection());
  }

  /** Returns the block's parameters. */
  List<Parameter> parameters() {
    return layers.store().parameters();
  }

  private Unit last() {
    return path[path.length - 1];
  }

  @Override
  public Shape outputShape(Shape in) {
    Shape shape = in;
    for (Unit unit : path) {
      shape = unit.conv.outputShape(shape);
    }
    return shape;
  }

  @Override
  public Tensor planForward(ArenaPlan arena, Tensor x) {
    this.x = x;
    xIn = Operand.of(x);
    Shape shape = x.shape();
    for (Unit unit : path) {
      unit.y = arena.acquire(unit.conv.outputShape(shape));
      unit.a = unit.bn.activated(unit.y, Activation.RELU);
      shape = unit.y.shape();
    }
    if (projection != null) {
      projection.y = arena.acquire(projection.conv.outputShape(x.shape()));
    }
    out = arena.acquire(shape);
    join =
        projection == null
            ? Join.identity(last().bn, last().y, x, Activation.RELU, out)
            : Join.projection(
                last().bn, last().y, projection.bn, projection.y, Activation.RELU, out);
    return out;
  }

  @Override
  public void forward() {
    Operand in = xIn;
    for (Unit unit : path) {
      forward(unit, in);
      in = unit.a;
    }
    if (projection != null) {
      forward(projection, xIn);
    }
    join.forward();
  }

  private static void forward(Unit unit, Operand in) {
    unit.conv.forward(in, unit.y, unit.bn.statistics());
    unit.bn.finishStatistics();
  }

  @Override
  public void backward() {
    for (int i = path.length - 1; i >= 0; i--) {
      Unit unit = path[i];
      unit.bn.finishGradients();
      unit.bn.formInputGradient(unit.dz, unit.y);
      unit.conv.backwardWeights(i == 0 ? xIn : path[i - 1].a, unit.dy);
      if (i > 0) {
        unit.conv.backwardData(unit.dy, path[i - 1].dz, path[i - 1].sums);
      }
    }
    if (projection != null) {
      projection.bn.finishGradients();
      projection.bn.formInputGradient(dOut, projection.y);
      projection.conv.backwardWeights(xIn, projection.dy);
      projection.conv.backwardData(projection.dy, dx);
    }
    path[0].conv.backwardData(path[0].dy, dx, projection == null ? dOut : dx, below);
  }

  @Override
  public Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below) {
    this.dOut = dOut;
    this.below = below;
    arena.release(out);
    last().dz = dOut;
    for (int i = path.length - 1; i >= 0; i--) {
      Unit unit = path[i];
      unit.dy = Operand.of(unit.y);
      if (i > 0) {
        Unit before = path[i - 1];
        before.dz = arena.acquire(before.y.shape());
        before.sums = before.bn.gradientSums(before.y, Activation.RELU);
        arena.release(unit.y);
        if (unit != last()) {
          arena.release(unit.dz);
        }
      }
    }
    dx = arena.acquire(x.shape());
    if (projection != null) {
      projection.dy = Operand.of(projection.y);
      arena.release(projection.y);
    }
    arena.release(path[0].dz);
    arena.release(path[0].y);
    arena.release(dOut);
    return dx;
  }

  @Override
  public Epilogue outputGradient() {
    return join.gradientSums();
  }

  @Override
  public Tensor planInference(ArenaPlan arena, Tensor x) {
    Tensor in = x;
    if (projection != null) {
      projection.tIn = x;
      projection.t = arena.acquire(projection.conv.outputShape(x.shape()));
    }
    for (Unit unit : path) {
      unit.tIn = in;
      unit.t = arena.acquire(unit.conv.outputShape(in.shape()));
      in = unit.t;
    }
    tOut = in;
    for (Unit unit : path) {
      arena.release(unit.tIn);
    }
    if (projection != null) {
      arena.release(projection.t);
    }
    return tOut;
  }

  @Override
  public void infer() {
    if (projection != null) {
      projection.conv.infer(projection.tIn, projection.t, Activation.NONE);
    }
    for (Unit unit : path) {
      if (unit == last()) {
        Tensor shortcut = projection == null ? path[0].tIn : projection.t;
        unit.conv.infer(unit.tIn, unit.t, shortcut, Activation.RELU);
      } else {
        unit.conv.infer(unit.tIn, unit.t, Activation.RELU);
      }
    }
  }

  @Override
  public void fold() {
    for (Unit unit : path) {
      unit.conv.fold(unit.bn);
    }
    if (projection != null) {
      projection.conv.fold(projection.bn);
    }
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after = x;
    for (Unit unit : path) {
      after = graph.batchNorm(unit.bn, graph.conv(unit.conv, after));
      after = unit == last() ? after : graph.activation(Activation.RELU, after);
    }
    String shortcut =
        projection == null ? x : graph.batchNorm(projection.bn, graph.conv(projection.conv, x));
    return graph.activation(Activation.RELU, graph.add(after, shortcut));
  }
}
