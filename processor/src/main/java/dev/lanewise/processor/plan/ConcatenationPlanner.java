package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import dev.lanewise.spec.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans the passes of a block that puts its last unit's channels beside those of its input. The
 * blocks of a stage share rows: the first acquires them and ends their lifetime, and the others
 * work in those of which they are given the first channels. So do the gradients, which each block
 * adds its own to.
 */
final class ConcatenationPlanner {
  /** Reads the gradient of the channels that the block makes. */
  static final View ADDED_GRADIENT = View.operand("dAddedIn", view("dAdded", "added", Given.D_OUT));

  private final ConvPath path;
  private final boolean first;

  private ConcatenationPlanner(ConvPath path, boolean first) {
    this.path = path;
    this.first = first;
  }

  /**
   * Returns the passes.
   *
   * @param first whether the block is its stage's first
   */
  static Passes passes(ConvPath path, boolean first) {
    ConcatenationPlanner planner = new ConcatenationPlanner(path, first);
    Lifetimes training = new Lifetimes();
    Tensor rows = first ? new Tensor("rows", rows(Given.X)) : Given.X;
    View out = view("out", "output", rows);
    Pass forward = training.keepingAll(out, planner.forward(rows), List.of(out));
    View dKept = view("dKept", "kept", Given.D_OUT);
    if (first) {
      training.takeOver(Given.D_OUT);
    }
    Pass backward = training.releasingAllBut(first ? Given.DX : dKept, planner.backward(dKept));
    return new Passes(forward, backward, planner.inference(), Value.NOTHING);
  }

  private static TensorShape rows(Tensor in) {
    return new TensorShape.Rows(ConvPath.CONCATENATION, in);
  }

  private static View view(String name, String channels, Tensor rows) {
    return new View(ViewType.TENSOR, name, Call.of(ConvPath.CONCATENATION, channels, rows));
  }

  private List<Step> forward(Tensor rows) {
    List<Step> steps = new ArrayList<>();
    steps.add(TrainingPlanner.measure(path.pre()));
    int others = path.units().size() - 1;
    String before = TrainingPlanner.units(path, others, path.pre().text() + " -> ", steps);
    steps.add(
        new Step(
            before + path.last().conv() + ", beside x",
            Call.of(
                path.last().conv(),
                "forward",
                path.source(others),
                view("added", "added", rows),
                new Value.Function(Activation.NONE))));
    if (first) {
      steps.add(copy(Given.X, view("kept", "kept", rows)));
    }
    return steps;
  }

  private static Step copy(Tensor from, View kept) {
    return new Step("", Call.of(ConvPath.CONCATENATION, "copy", from, kept));
  }

  private List<Step> backward(View dKept) {
    NormPlan pre = path.pre();
    UnitPlan unit = path.units().get(0);
    Tensor dz = first ? Given.DX : new Tensor("dz" + pre.id(), new TensorShape.Same(Given.X));
    List<Step> steps = new ArrayList<>();
    BackwardPlanner.units(path, steps);
    steps.add(BackwardPlanner.intoPre(path, unit, dz));
    steps.add(BackwardPlanner.finishGradients(pre.bn(), dz));
    steps.add(
        first
            ? BackwardPlanner.normBackward(pre, dz, dKept, ", over dx + " + dKept)
            : new Step(
                pre.bn() + " backward, added to " + dKept,
                Call.of(pre.bn(), "backwardData", dz, Given.X, dKept, dKept, Value.NOTHING)));
    return steps;
  }

  private Pass inference() {
    Lifetimes inference = new Lifetimes();
    Tensor rows = first ? new Tensor("tRows", rows(Given.T_IN)) : Given.T_IN;
    if (first) {
      inference.takeOver(Given.T_IN);
    }
    List<Step> steps = new ArrayList<>();
    InferencePlanner.Read read = InferencePlanner.units(path, path.units().size() - 1, steps);
    steps.add(
        new Step(
            path.last().conv() + ", beside x",
            Call.of(
                path.last().conv(),
                "infer",
                read.value(),
                view("tAdded", "added", rows),
                new Value.Function(Activation.NONE))));
    if (first) {
      steps.add(copy(Given.T_IN, view("tKept", "kept", rows)));
    }
    return inference.releasingAllBut(view("tOut", "output", rows), steps);
  }
}
