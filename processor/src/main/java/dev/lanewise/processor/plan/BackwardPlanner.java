package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import dev.lanewise.spec.Activation;
import java.util.ArrayList;
import java.util.List;

/** Plans the backward pass over a stem or a block. */
final class BackwardPlanner {
  private static final String WANTED = ", and what the block below wants";

  private BackwardPlanner() {}

  /**
   * Returns the steps.
   *
   * @param path the way through the class
   * @param inputGradient whether the gradient of the input is made
   */
  static List<Step> backward(ConvPath path, boolean inputGradient) {
    List<Step> steps = new ArrayList<>();
    if (path.pool() != null) {
      steps.add(pool(path));
    }
    units(path, steps);
    if (inputGradient) {
      inputGradient(path, steps);
    }
    return steps;
  }

  /** Plans the units, down to the gradient of what the first convolution makes. */
  static void units(ConvPath path, List<Step> steps) {
    List<UnitPlan> units = path.units();
    if (path.gatesMap()) {
      steps.addAll(path.last().gate().backward(path.last(), path.mapGradient()));
    }
    for (int i = units.size() - 1; i >= 0; i--) {
      UnitPlan unit = units.get(i);
      UnitPlan below = i == 0 ? null : units.get(i - 1);
      weights(path, unit, path.source(i), i == 0 ? read(path.pre()) : read(below), steps);
      if (i > 0 && below.gate() != null) {
        steps.add(new Step(dataComment(unit), data(path, unit, below.du())));
        steps.addAll(below.gate().backward(below, below.du()));
      } else if (i > 0) {
        steps.add(
            new Step(
                dataComment(unit) + into(below),
                below.sums().equals(Value.NOTHING)
                    ? data(path, unit, below.dz())
                    : data(path, unit, below.dz(), below.sums())));
      }
    }
  }

  private static Step pool(ConvPath path) {
    UnitPlan last = path.last();
    if (path.poolsUnit()) {
      return new Step(
          "pool backward" + into(last),
          path.pool().backward(Given.D_OUT, path.out(), last.dz(), last.sums()));
    }
    return new Step(
        "pool backward" + mask(path.activation()) + "the sums",
        path.pool().backward(Given.D_OUT, path.out(), path.mapGradient(), path.mapSums()));
  }

  /** How comments call what a gradient is made into, and where, for the unit that wants it. */
  private static String into(UnitPlan below) {
    if (below.sums().equals(Value.NOTHING)) {
      return ", over " + below.y() + ", which no one reads any more";
    }
    return mask(below.unit().activation())
        + below.result()
        + "'s sums"
        + (below.normalized() ? "" : ", over " + below.y());
  }

  /** The gradients of a unit's parameters, over the gradient that has been made by now. */
  private static void weights(
      ConvPath path, UnitPlan unit, View source, String reads, List<Step> steps) {
    if (unit.normalized()) {
      Tensor gradient = path.gradient(unit);
      steps.add(finishGradients(unit.bn(), gradient));
      steps.add(
          new Step(
              unit.bn() + " backward, over " + unit.y() + ": two products read it many times",
              Call.of(unit.bn(), "formInputGradient", gradient, unit.y())));
    }
    steps.add(
        new Step(
            reads + "gradients of " + unit.conv() + "'s weights",
            Call.of(unit.conv(), "backwardWeights", source, path.outputGradient(unit))));
  }

  /** The step that makes the gradients of a normalisation's parameters from their sums. */
  static Step finishGradients(Value.Layer bn, Tensor gradient) {
    return new Step(
        gradient.equals(Given.D_OUT) ? "the sums came with " + gradient : "",
        Call.of(bn, "finishGradients"));
  }

  private static void inputGradient(ConvPath path, List<Step> steps) {
    UnitPlan first = path.units().get(0);
    NormPlan pre = path.pre();
    UnitPlan projection = path.projection();
    String comment = dataComment(first);
    String wanted = pre == null ? WANTED : sums(pre);
    Value epilogue = pre == null ? Value.BELOW : pre.sums();
    if (projection != null) {
      boolean pools = path.shortcutPool() != null;
      weights(path, projection, path.projectionSource(), pools ? "" : read(pre), steps);
      steps.add(
          new Step(
              dataComment(projection),
              data(path, projection, pools ? ShortcutPool.GRADIENT : Given.DX)));
      if (pools) {
        steps.add(
            new Step(
                ShortcutPool.LAYER + " backward",
                Call.of(
                    ShortcutPool.LAYER,
                    "backward",
                    ShortcutPool.GRADIENT,
                    Given.DX,
                    Value.NOTHING)));
      }
      steps.add(
          new Step(
              comment + " + " + projection.conv() + "'s" + wanted,
              data(path, first, Given.DX, Given.DX, epilogue)));
    } else if (pre != null || !path.adds()) {
      steps.add(new Step(comment + wanted, data(path, first, Given.DX, epilogue)));
    } else if (path.subsampling() != null) {
      steps.add(subsampling(path, Given.DX));
      steps.add(
          new Step(
              comment + " + the shortcut's" + wanted,
              data(path, first, Given.DX, Given.DX, epilogue)));
    } else {
      Tensor shortcut = path.mapGradient();
      steps.add(
          new Step(
              comment + " + " + shortcut + wanted,
              data(path, first, Given.DX, shortcut, epilogue)));
    }
    if (pre != null) {
      preActivation(path, steps);
    }
  }

  /** The step that makes the gradient of the normalisation of the input, and its sums. */
  static Step intoPre(ConvPath path, UnitPlan first, Tensor dz) {
    NormPlan pre = path.pre();
    return new Step(dataComment(first) + sums(pre), data(path, first, dz, pre.sums()));
  }

  private static String sums(NormPlan pre) {
    return mask(pre.activation()) + pre.bn() + "'s sums";
  }

  /** The gradient of x from that of its normalisation, which stands in dx, and the shortcut's. */
  private static void preActivation(ConvPath path, List<Step> steps) {
    NormPlan pre = path.pre();
    Value addend = path.mapGradient();
    String sum = " + " + path.mapGradient();
    if (path.projection() != null || !path.adds()) {
      addend = Value.NOTHING;
      sum = "";
    } else if (path.subsampling() != null) {
      Tensor shortcut = new Tensor("dShortcut", new TensorShape.Same(Given.X));
      steps.add(subsampling(path, shortcut));
      addend = shortcut;
      sum = " + the shortcut's";
    }
    steps.add(finishGradients(pre.bn(), Given.DX));
    steps.add(normBackward(pre, Given.DX, addend, ", over dx" + sum));
  }

  /** The step that makes dx of the gradient of a normalisation of the input. */
  static Step normBackward(NormPlan norm, Tensor gradient, Value addend, String how) {
    return new Step(
        norm.bn() + " backward" + how + WANTED,
        Call.of(norm.bn(), "backwardData", gradient, Given.X, addend, Given.DX, Value.BELOW));
  }

  private static Step subsampling(ConvPath path, Tensor dst) {
    return new Step(
        "shortcut backward", Call.of(ConvPath.SUBSAMPLING, "backward", path.mapGradient(), dst));
  }

  private static Call data(ConvPath path, UnitPlan unit, Value... others) {
    List<Value> arguments = new ArrayList<>();
    arguments.add(path.outputGradient(unit));
    arguments.addAll(List.of(others));
    return new Call(unit.conv(), "backwardData", arguments);
  }

  private static String dataComment(UnitPlan unit) {
    return unit.conv() + " backward";
  }

  private static String mask(Activation activation) {
    return Text.arrow(activation) + (activation == Activation.NONE ? "" : " backward") + ", and ";
  }

  private static String read(UnitPlan unit) {
    return unit.storesActivated() ? "" : Text.of(unit.unit().activation(), unit.result()) + " -> ";
  }

  private static String read(NormPlan pre) {
    return pre == null ? "" : Text.of(pre.activation(), pre.bn()) + " -> ";
  }
}
