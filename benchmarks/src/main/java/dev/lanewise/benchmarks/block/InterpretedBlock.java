package dev.lanewise.benchmarks.block;

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
import dev.lanewise.layer.LayerTraining;
import dev.lanewise.layer.Layers;
import dev.lanewise.layer.TrainingContext;
import dev.lanewise.network.Block;
import dev.lanewise.network.BlockInference;
import dev.lanewise.network.BlockTraining;
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
  private final List<Unit> path;
  private final Unit projection;

  /** A convolution and the normalisation after it. */
  private record Unit(Conv conv, BatchNorm bn) {
    static Unit of(Layers layers, ResNetBlock.Unit unit) {
      return new Unit(
          layers.conv(
              unit.conv(),
              unit.window(),
              unit.ic(),
              unit.oc(),
              true,
              KernelInitializers.glorotUniform()),
          layers.batchNorm(unit.bn(), unit.oc()));
    }
  }

  InterpretedBlock(ResNetBlock block, double momentum, double epsilon) {
    layers = new Layers(momentum, epsilon, Mode.BY_PHASE);
    path = block.path().stream().map(unit -> Unit.of(layers, unit)).toList();
    projection = block.projection() == null ? null : Unit.of(layers, block.projection());
  }

  /** Returns the block's parameters. */
  BlockParameters parameters() {
    return new BlockParameters(layers.store().parameters(), layers.store().newArray());
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
  public BlockTraining training(TrainingContext context) {
    return new Training(this, context);
  }

  @Override
  public BlockInference inference(InferenceContext context) {
    return new Inference(this, context);
  }

  @Override
  public void fold(FoldedWeights weights) {
    for (Unit unit : path) {
      weights.fold(unit.conv, unit.bn);
    }
    if (projection != null) {
      weights.fold(projection.conv, projection.bn);
    }
  }

  @Override
  public String describe(GraphBuilder graph, String x) {
    String after = x;
    for (Unit unit : path) {
      after = graph.batchNorm(unit.bn, graph.conv(unit.conv, after));
      after = unit == path.getLast() ? after : graph.activation(Activation.RELU, after);
    }
    String shortcut =
        projection == null ? x : graph.batchNorm(projection.bn, graph.conv(projection.conv, x));
    return graph.activation(Activation.RELU, graph.add(after, shortcut));
  }

  /** The block in a training pass. */
  private static final class Training implements BlockTraining {
    private final TrainingUnit[] path;
    private final TrainingUnit projection;
    private Tensor x;
    private Operand xIn;
    private Tensor out;
    private Join join;
    private Tensor dOut;
    private Tensor dx;
    private Epilogue below;

    Training(InterpretedBlock block, TrainingContext context) {
      path = new TrainingUnit[block.path.size()];
      LayerTraining source = context.input();
      for (int i = 0; i < path.length; i++) {
        path[i] = new TrainingUnit(block.path.get(i), context, source);
        source = path[i].bn;
      }
      projection =
          block.projection == null
              ? null
              : new TrainingUnit(block.projection, context, context.input());
    }

    private TrainingUnit last() {
      return path[path.length - 1];
    }

    @Override
    public Tensor planForward(ArenaPlan arena, Tensor x) {
      this.x = x;
      xIn = Operand.of(x);
      Shape shape = x.shape();
      for (TrainingUnit unit : path) {
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
      for (TrainingUnit unit : path) {
        unit.forward(in);
        in = unit.a;
      }
      if (projection != null) {
        projection.forward(xIn);
      }
      join.forward();
    }

    @Override
    public void backward() {
      for (int i = path.length - 1; i >= 0; i--) {
        TrainingUnit unit = path[i];
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
        TrainingUnit unit = path[i];
        unit.dy = Operand.of(unit.y);
        if (i > 0) {
          TrainingUnit before = path[i - 1];
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
  }

  /** A unit in a training pass, and its tensors. */
  private static final class TrainingUnit {
    final ConvTraining conv;
    final BatchNormTraining bn;

    /** What the convolution writes, and how it is read, activated. */
    Tensor y;

    Operand a;

    /** The normalisation's gradient, and how it is read, formed over y. */
    Tensor dz;

    Operand dy;
    Epilogue sums;

    TrainingUnit(Unit unit, TrainingContext context, LayerTraining source) {
      conv = unit.conv.training(context, source);
      bn = unit.bn.training(context, conv);
    }

    void forward(Operand in) {
      conv.forward(in, y, bn.statistics());
      bn.finishStatistics();
    }
  }

  /** The block in an inference pass. */
  private static final class Inference implements BlockInference {
    private final List<InferenceUnit> path;
    private final InferenceUnit projection;

    Inference(InterpretedBlock block, InferenceContext context) {
      path = block.path.stream().map(unit -> new InferenceUnit(unit, context)).toList();
      projection = block.projection == null ? null : new InferenceUnit(block.projection, context);
    }

    @Override
    public Tensor planInference(ArenaPlan arena, Tensor x) {
      Tensor in = x;
      if (projection != null) {
        projection.plan(arena, x);
      }
      for (InferenceUnit unit : path) {
        unit.plan(arena, in);
        in = unit.t;
      }
      for (InferenceUnit unit : path) {
        arena.release(unit.tIn);
      }
      if (projection != null) {
        arena.release(projection.t);
      }
      return in;
    }

    @Override
    public void infer() {
      if (projection != null) {
        projection.conv.infer(projection.tIn, projection.t, Activation.NONE);
      }
      for (InferenceUnit unit : path) {
        if (unit == path.getLast()) {
          Tensor shortcut = projection == null ? path.getFirst().tIn : projection.t;
          unit.conv.infer(unit.tIn, unit.t, shortcut, Activation.RELU);
        } else {
          unit.conv.infer(unit.tIn, unit.t, Activation.RELU);
        }
      }
    }
  }

  /** A unit in an inference pass, and its tensors. */
  private static final class InferenceUnit {
    final ConvInference conv;
    Tensor tIn;
    Tensor t;

    InferenceUnit(Unit unit, InferenceContext context) {
      conv = unit.conv.inference(context);
    }

    void plan(ArenaPlan arena, Tensor x) {
      tIn = x;
      t = arena.acquire(conv.outputShape(x.shape()));
    }
  }
}
