package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.spec.Activation;
import java.util.ArrayList;
import java.util.List;

/** Plans inference over a stem or a block, whose normalisations are folded into the weights. */
final class InferencePlanner {
  private InferencePlanner() {}

  static Pass plan(ConvPath path) {
    Lifetimes inference = new Lifetimes();
    inference.takeOver(Given.T_IN);
    List<Step> steps = new ArrayList<>();
    boolean whole = path.poolsUnit() || path.gatesMap();
    Read read = units(path, path.units().size() - (whole ? 0 : 1), steps);
    Value in = read.value();
    Tensor tensor = read.tensor();
    Tensor out = tensor;
    if (!path.poolsUnit()) {
      out = join(path, in, tensor, steps);
    }
    if (path.pool() != null) {
      Tensor map = out;
      out = path.pool().output("tOut", map);
      steps.add(new Step("", path.pool().infer(map, out)));
    }
    return inference.releasingAllBut(out, steps);
  }

  /**
   * What a unit reads.
   *
   * @param value the tensor, or the view of it
   * @param tensor the tensor under it
   */
  record Read(Value value, Tensor tensor) {}

  /**
   * Plans the first units, and returns what they make.
   *
   * @param count how many
   * @param steps where the steps go
   */
  static Read units(ConvPath path, int count, List<Step> steps) {
    Value in = first(path);
    Tensor tensor = Given.T_IN;
    for (UnitPlan unit : path.units().subList(0, count)) {
      tensor = convolve(unit, in, tensor, unit.unit().activation(), steps);
      in = tensor;
      if (unit.gate() != null) {
        steps.addAll(unit.gate().infer(tensor));
      }
      if (unit.gate() != null && !unit.equals(path.last())) {
        in = unit.gate().inferredGated(tensor);
      }
    }
    return new Read(in, tensor);
  }

  private static Value first(ConvPath path) {
    return path.pre() == null ? Given.T_IN : path.pre().t();
  }

  /**
   * Plans the last unit, and returns what it writes: where something is added that it does not read
   * itself, the addend's own place, which is read once more and then written while it is in cache.
   */
  private static Tensor join(ConvPath path, Value in, Tensor tensor, List<Step> steps) {
    UnitPlan last = path.last();
    Value.Function function = new Value.Function(path.activation());
    Tensor shortcut = Given.T_IN;
    String sum = " + x";
    if (!path.adds()) {
      shortcut = null;
      sum = "";
    } else if (path.projection() != null) {
      shortcut = projection(path, steps);
      sum = " + " + path.projection().result();
    } else if (path.subsampling() != null) {
      shortcut = new Tensor("tShortcut", new TensorShape.Output(ConvPath.SUBSAMPLING, Given.T_IN));
      steps.add(new Step("", Call.of(ConvPath.SUBSAMPLING, "infer", Given.T_IN, shortcut)));
      sum = " + the shortcut";
    }
    Tensor out = shortcut;
    if (out == null || out.equals(tensor) || path.gatesMap()) {
      out =
          new Tensor(
              path.pool() == null ? "tOut" : "tMap",
              path.gatesMap()
                  ? new TensorShape.Same(tensor)
                  : new TensorShape.Output(path.last().conv(), tensor));
    }
    Value addend = shortcut == null ? Value.NOTHING : shortcut;
    if (path.gatesMap()) {
      GatePlan gate = last.gate();
      steps.add(
          new Step(
              in + " * " + gate.inferred(tensor) + sum + Text.arrow(path.activation()),
              Call.of(gate.gate(), "infer", in, gate.inferred(tensor), addend, function, out)));
      return out;
    }
    steps.add(
        new Step(
            last.conv()
                + (last.normalized() ? " -> " + last.bn() : "")
                + sum
                + Text.arrow(path.activation()),
            path.adds()
                ? Call.of(last.conv(), "infer", in, out, addend, function)
                : Call.of(last.conv(), "infer", in, out, function)));
    return out;
  }

  private static Tensor projection(ConvPath path, List<Step> steps) {
    Value first = first(path);
    if (path.shortcutPool() == null) {
      return convolve(path.projection(), first, Given.T_IN, Activation.NONE, steps);
    }
    Tensor pooled = ShortcutPool.INFERRED;
    steps.add(new Step("", Call.of(ShortcutPool.LAYER, "infer", first, pooled)));
    return convolve(path.projection(), pooled, pooled, Activation.NONE, steps);
  }

  /**
   * Plans a convolution.
   *
   * @param unit the convolution and its normalisation
   * @param in what it reads
   * @param tensor the tensor under it
   * @param activation what follows
   * @param steps where the step goes
   * @return what it writes
   */
  private static Tensor convolve(
      UnitPlan unit, Value in, Tensor tensor, Activation activation, List<Step> steps) {
    Tensor out = unit.t(tensor);
    String after = (unit.normalized() ? " -> " + unit.bn() : "") + Text.arrow(activation);
    steps.add(
        new Step(
            after.isEmpty() ? "" : unit.conv() + after,
            Call.of(unit.conv(), "infer", in, out, new Value.Function(activation))));
    return out;
  }
}
