package dev.lanewise.processor.plan;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
import java.util.ArrayList;
import java.util.List;

/** Plans the backward pass over a stem or a block. */
final class BackwardPlanner {
  private static final String WANTED = ", and what the block below wants";

  private BackwardPlanner() {}

  static List<Step> backward(ConvPath path) {
    List<Step> steps = new ArrayList<>();
    List<UnitPlan> units = path.units();
    if (path.pools()) {
      steps.add(pool(path));
    }
    for (int i = units.size() - 1; i >= 0; i--) {
      UnitPlan unit = units.get(i);
      UnitPlan below = i == 0 ? null : units.get(i - 1);
      weights(path, unit, path.source(i), i == 0 ? read(path.pre()) : read(below), steps);
      if (i > 0) {
        steps.add(
            new Step(
                dataComment(unit) + mask(below.unit().activation()) + below.bn() + "'s sums",
                data(path, unit, below.dz(), below.sums())));
      }
    }
    if (path.inputGradient()) {
      inputGradient(path, steps);
    }
    return steps;
  }

  private static Step pool(ConvPath path) {
    UnitPlan last = path.last();
    boolean normalized = last.normalized();
    String dst = normalized ? last.dz() : last.y();
    String epilogue = normalized ? last.sums() : "null";
    return new Step(
        normalized
            ? "pool backward" + mask(last.unit().activation()) + last.bn() + "'s sums"
            : "pool backward, over " + last.y() + ", which no one reads any more",
        path.pool() == Pool.Kind.MAX
            ? Call.of("pool", "backward", "dOut", "argmax", dst, epilogue)
            : Call.of("pool", "backward", "dOut", dst, epilogue));
  }

  /** The gradients of a unit's parameters, over the gradient that has been made by now. */
  private static void weights(
      ConvPath path, UnitPlan unit, String source, String reads, List<Step> steps) {
    if (unit.normalized()) {
      String gradient = path.gradient(unit);
      steps.add(
          new Step(
              gradient.equals("dOut") ? "the sums came with dOut" : "",
              Call.of(unit.bn(), "finishGradients")));
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

  private static void inputGradient(ConvPath path, List<Step> steps) {
    UnitPlan first = path.units().get(0);
    NormPlan pre = path.pre();
    UnitPlan projection = path.projection();
    String comment = dataComment(first);
    String wanted = pre == null ? WANTED : mask(Activation.RELU) + pre.bn() + "'s sums";
    String epilogue = pre == null ? "below" : pre.sums();
    if (projection != null) {
      weights(path, projection, path.source(0), read(pre), steps);
      steps.add(new Step(dataComment(projection), data(path, projection, "dx")));
      steps.add(
          new Step(
              comment + " + " + projection.conv() + "'s" + wanted,
              data(path, first, "dx", "dx", epilogue)));
    } else if (pre != null || path.shortcut() == Shortcut.NONE) {
      steps.add(new Step(comment + wanted, data(path, first, "dx", epilogue)));
    } else if (path.subsamples()) {
      steps.add(new Step("shortcut backward", Call.of("subsampling", "backward", "dOut", "dx")));
      steps.add(
          new Step(
              comment + " + the shortcut's" + wanted, data(path, first, "dx", "dx", epilogue)));
    } else {
      steps.add(new Step(comment + " + dOut" + wanted, data(path, first, "dx", "dOut", epilogue)));
    }
    if (pre != null) {
      preActivation(path, steps);
    }
  }

  /** The gradient of x from that of its normalisation, which stands in dx, and the shortcut's. */
  private static void preActivation(ConvPath path, List<Step> steps) {
    NormPlan pre = path.pre();
    String addend = "dOut";
    String sum = " + dOut";
    if (path.projection() != null) {
      addend = "null";
      sum = "";
    } else if (path.subsamples()) {
      addend = "dShortcut";
      sum = " + the shortcut's";
      steps.add(new Step("shortcut backward", Call.of("subsampling", "backward", "dOut", addend)));
    }
    steps.add(new Step("", Call.of(pre.bn(), "finishGradients")));
    steps.add(
        new Step(
            pre.bn() + " backward, over dx" + sum + WANTED,
            Call.of(pre.bn(), "backwardData", "dx", "x", addend, "dx", "below")));
  }

  private static Call data(ConvPath path, UnitPlan unit, String... others) {
    List<String> arguments = new ArrayList<>();
    arguments.add(path.outputGradient(unit));
    arguments.addAll(List.of(others));
    return new Call(unit.conv(), "backwardData", arguments);
  }

  private static String dataComment(UnitPlan unit) {
    return unit.conv() + " backward";
  }

  private static String mask(Activation activation) {
    return activation == Activation.NONE
        ? ", and "
        : " -> " + UnitPlan.name(activation) + " backward, and ";
  }

  private static String read(UnitPlan unit) {
    Activation activation = unit.unit().activation();
    return (activation == Activation.NONE
            ? unit.bn()
            : UnitPlan.name(activation) + "(" + unit.bn() + ")")
        + " -> ";
  }

  private static String read(NormPlan pre) {
    return pre == null ? "" : UnitPlan.name(Activation.RELU) + "(" + pre.bn() + ") -> ";
  }
}
