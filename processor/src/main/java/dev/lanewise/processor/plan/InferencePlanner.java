package dev.lanewise.processor.plan;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Shortcut;
import java.util.ArrayList;
import java.util.List;

/** Plans inference over a stem or a block, whose normalisations are folded into the weights. */
final class InferencePlanner {
  private InferencePlanner() {}

  static Pass plan(ConvPath path) {
    Lifetimes inference = new Lifetimes();
    inference.takeOver("tIn");
    List<Step> steps = new ArrayList<>();
    String in = "tIn";
    for (UnitPlan unit : path.units()) {
      if (unit.equals(path.last()) && !path.pools()) {
        break;
      }
      in = convolve(unit, in, unit.unit().activation(), inference, steps);
    }
    if (path.pools()) {
      inference.tensor("tOut", Call.of("pool", "outputShape", in + ".shape()"));
      steps.add(new Step("", Call.of("pool", "infer", in, "tOut")));
    } else {
      join(path, in, inference, steps);
    }
    return inference.releasingAllBut(List.of("tOut"), steps);
  }

  private static void join(ConvPath path, String in, Lifetimes inference, List<Step> steps) {
    UnitPlan last = path.last();
    String activation = path.activation().name();
    String shortcut = "tIn";
    if (path.projection() != null) {
      shortcut = convolve(path.projection(), "tIn", Activation.NONE, inference, steps);
    }
    inference.tensor("tOut", Call.of(last.conv(), "outputShape", in + ".shape()"));
    boolean plain = path.shortcut() == Shortcut.NONE;
    String sum =
        plain ? "" : path.projection() == null ? " + x" : " + " + path.projection().result();
    steps.add(
        new Step(
            last.conv() + " -> " + last.bn() + sum + UnitPlan.arrow(path.activation()),
            plain
                ? Call.of(last.conv(), "infer", in, "tOut", activation)
                : Call.of(last.conv(), "infer", in, "tOut", shortcut, activation)));
  }

  private static String convolve(
      UnitPlan unit, String in, Activation activation, Lifetimes inference, List<Step> steps) {
    inference.tensor(unit.t(), Call.of(unit.conv(), "outputShape", in + ".shape()"));
    steps.add(
        new Step(
            unit.normalized() ? unit.conv() + " -> " + unit.bn() + UnitPlan.arrow(activation) : "",
            Call.of(unit.conv(), "infer", in, unit.t(), activation.name())));
    return unit.t();
  }
}
