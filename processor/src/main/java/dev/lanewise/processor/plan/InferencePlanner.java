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
    NormPlan pre = path.pre();
    if (pre != null) {
      inference.view("Operand", pre.t(), Call.of(pre.bn(), "activated", "tIn", "RELU"), "tIn");
    }
    String first = pre == null ? "tIn" : pre.t();
    String in = first;
    String shape = "tIn";
    for (UnitPlan unit : path.units()) {
      if (unit.equals(path.last()) && !path.pools()) {
        break;
      }
      in = convolve(unit, in, shape, unit.unit().activation(), inference, steps);
      shape = in;
    }
    if (path.pools()) {
      inference.tensor("tOut", Call.of("pool", "outputShape", in + ".shape()"));
      steps.add(new Step("", Call.of("pool", "infer", in, "tOut")));
    } else {
      join(path, first, in, shape, inference, steps);
    }
    return inference.releasingAllBut(List.of("tOut"), steps);
  }

  private static void join(
      ConvPath path, String first, String in, String shape, Lifetimes inference, List<Step> steps) {
    UnitPlan last = path.last();
    String activation = path.activation().name();
    String shortcut = "tIn";
    String sum = " + x";
    if (path.projection() != null) {
      shortcut = convolve(path.projection(), first, "tIn", Activation.NONE, inference, steps);
      sum = " + " + path.projection().result();
    } else if (path.subsamples()) {
      shortcut = "tShortcut";
      inference.tensor(shortcut, Call.of("subsampling", "outputShape", "tIn.shape()"));
      steps.add(new Step("", Call.of("subsampling", "infer", "tIn", shortcut)));
      sum = " + the shortcut";
    }
    inference.tensor("tOut", Call.of(last.conv(), "outputShape", shape + ".shape()"));
    boolean plain = path.shortcut() == Shortcut.NONE;
    steps.add(
        new Step(
            last.conv()
                + (last.normalized() ? " -> " + last.bn() : "")
                + (plain ? "" : sum)
                + UnitPlan.arrow(path.activation()),
            plain
                ? Call.of(last.conv(), "infer", in, "tOut", activation)
                : Call.of(last.conv(), "infer", in, "tOut", shortcut, activation)));
  }

  private static String convolve(
      UnitPlan unit,
      String in,
      String shape,
      Activation activation,
      Lifetimes inference,
      List<Step> steps) {
    inference.tensor(unit.t(), Call.of(unit.conv(), "outputShape", shape + ".shape()"));
    steps.add(
        new Step(
            unit.normalized() ? unit.conv() + " -> " + unit.bn() + UnitPlan.arrow(activation) : "",
            Call.of(unit.conv(), "infer", in, unit.t(), activation.name())));
    return unit.t();
  }
}
