package dev.lanewise.benchmarks.block;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.List;

/**
 * A residual block with the same convolutions as the fused ones, and a pass over memory for each
 * other operation, as frameworks run it one operation at a time. ReLU, and gradients where nobody
 * else reads them, are written in place. The gradients of biases, which are zero, are left out.
 */
final class UnfusedForm implements BlockForm {
  private final Elementwise elementwise;
  private final List<Unit> path;
  private final Unit projection;
  private final Tensor x;
  private final Tensor dOut;
  private Tensor out;
  private Tensor dSum;
  private Tensor dx;
  private Tensor dShortcut;

  /** A convolution, the normalisation after it, and their tensors. */
  private static final class Unit {
    final ResNetBlock.Unit spec;
    final ConvKernel conv;
    final EagerBatchNorm bn;
    final Epilogue store = Epilogue.store();
    final Weights weights;
    final float[] dWeights;
    Operand in;
    Tensor y;
    Tensor z;
    Tensor dz;
    Tensor dy;
    Operand dyIn;

    Unit(ResNetBlock.Unit spec, BlockParameters values, Scratch scratch, double epsilon) {
      this.spec = spec;
      conv = new ConvKernel(scratch, spec.window(), spec.ic(), spec.oc());
      bn =
          new EagerBatchNorm(
              scratch.pool(),
              values.values(spec.bn(), "gamma"),
              values.values(spec.bn(), "beta"),
              epsilon);
      float[] packed = Arena.allocate(conv.weights().size());
      dWeights = Arena.allocate(conv.weights().size());
      conv.weights().pack(values.values(spec.conv(), "kernel"), packed, Arena.FIRST);
      weights = new Weights(packed, Arena.FIRST, values.values(spec.conv(), "bias"), 0);
    }

    void forward() {
      conv.forward(in, weights, y, null, store);
      bn.forward(y, z);
    }

    void backward(Tensor dIn) {
      bn.backward(dz, y, dy);
      conv.backwardWeights(in, dyIn, dWeights, Arena.FIRST);
      conv.backwardData(dyIn, weights, dIn, null, null);
    }
  }

  UnfusedForm(
      ResNetBlock block,
      BlockParameters values,
      Scratch scratch,
      double epsilon,
      Tensor x,
      Tensor dOut) {
    this.elementwise = new Elementwise(scratch.pool());
    this.x = x;
    this.dOut = dOut;
    this.path =
        block.path().stream().map(unit -> new Unit(unit, values, scratch, epsilon)).toList();
    this.projection =
        block.projection() == null ? null : new Unit(block.projection(), values, scratch, epsilon);
    ArenaPlan measured = ArenaPlan.measuring();
    plan(measured);
    plan(measured.allocate());
  }

  private void plan(ArenaPlan arena) {
    Tensor in = x;
    for (Unit unit : path) {
      planForward(arena, unit, in);
      in = unit.z;
    }
    out = in;
    if (projection != null) {
      planForward(arena, projection, x);
    }
    dSum = arena.acquire(out.shape());
    Tensor d = dSum;
    for (int i = path.size() - 1; i >= 0; i--) {
      Unit unit = path.get(i);
      unit.dz = d;
      // The sum's gradient is read again for the shortcut.
      unit.dy = d == dSum ? arena.acquire(d.shape()) : d;
      unit.dyIn = Operand.of(unit.dy);
      d = arena.acquire(unit.in.tensor().shape());
      arena.release(unit.dy);
    }
    dx = d;
    if (projection != null) {
      projection.dz = dSum;
      projection.dy = dSum;
      projection.dyIn = Operand.of(dSum);
      dShortcut = arena.acquire(x.shape());
    } else {
      dShortcut = dSum;
    }
  }

  private static void planForward(ArenaPlan arena, Unit unit, Tensor in) {
    Shape shape = in.shape();
    int h = unit.conv.window().outH(shape.h());
    int w = unit.conv.window().outW(shape.w());
    Shape after = new Shape(shape.n(), h, w, unit.conv.outputChannels());
    unit.in = Operand.of(in);
    unit.y = arena.acquire(after);
    unit.z = arena.acquire(after);
  }

  @Override
  public Tensor forward() {
    for (int i = 0; i < path.size(); i++) {
      path.get(i).forward();
      if (i < path.size() - 1) {
        elementwise.relu(path.get(i).z);
      }
    }
    if (projection == null) {
      elementwise.add(out, x);
    } else {
      projection.forward();
      elementwise.add(out, projection.z);
    }
    elementwise.relu(out);
    return out;
  }

  @Override
  public Tensor backward() {
    elementwise.reluBackward(dOut, out, dSum);
    for (int i = path.size() - 1; i >= 0; i--) {
      Unit unit = path.get(i);
      if (i == 0) {
        unit.backward(dx);
      } else {
        Unit before = path.get(i - 1);
        unit.backward(before.dz);
        elementwise.reluBackward(before.dz, before.z, before.dz);
      }
    }
    if (projection != null) {
      projection.backward(dShortcut);
    }
    elementwise.add(dx, dShortcut);
    return dx;
  }

  @Override
  public float[] gradient(String layer, String name) {
    for (Unit unit : path) {
      if (has(unit, layer)) {
        return gradient(unit, name);
      }
    }
    return gradient(projection, name);
  }

  private static boolean has(Unit unit, String layer) {
    return unit.spec.conv().equals(layer) || unit.spec.bn().equals(layer);
  }

  private static float[] gradient(Unit unit, String name) {
    return switch (name) {
      case "kernel" -> unit.conv.weights().unpack(unit.dWeights, Arena.FIRST);
      case "gamma" -> unit.bn.dGamma;
      case "beta" -> unit.bn.dBeta;
      default -> throw new IllegalArgumentException("no gradient of " + name);
    };
  }
}
