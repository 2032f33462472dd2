package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.View;
import dev.lanewise.spec.Activation;
import java.util.ArrayList;
import java.util.List;

/** Plans the forward pass of training over a stem or a block. */
final class TrainingPlanner {
  private TrainingPlanner() {}

  static List<Step> forward(ConvPath path) {
    List<Step> steps = new ArrayList<>();
    NormPlan pre = path.pre();
    String activated = "";
    if (pre != null) {
      steps.add(measure(pre));
      activated = pre.text() + " -> ";
    }
    List<UnitPlan> units = path.units();
    int own = path.writesMap() ? units.size() - 1 : units.size();
    String before = units(path, own, activated, steps);
    shortcut(path, activated, steps);
    UnitPlan last = path.last();
    if (path.poolsUnit()) {
      steps.add(
          new Step(
              before.isEmpty() ? "" : before + path.pool().layer(),
              path.pool().forward(last.a(), path.out())));
      return steps;
    }
    if (path.writesMap()) {
      View source = path.source(units.size() - 1);
      Value.Function function = new Value.Function(path.activation());
      steps.add(
          new Step(
              before + last.conv() + sum(path) + Text.arrow(path.activation()),
              path.adds()
                  ? Call.of(last.conv(), "forward", source, path.map(), path.addend(), function)
                  : Call.of(last.conv(), "forward", source, path.map(), function)));
    } else {
      steps.add(
          new Step(
              last.result() + gated(path) + sum(path) + Text.arrow(path.activation()),
              Call.of(path.join(), "forward")));
    }
    if (path.pool() != null) {
      View mapIn = View.operand("mapIn", path.map());
      steps.add(new Step("", path.pool().forward(mapIn, path.out())));
    }
    return steps;
  }

  /**
   * Plans the first units, and returns how comments call what the next one reads.
   *
   * @param count how many
   * @param activated how comments call what the first one reads
   * @param steps where the steps go
   */
  static String units(ConvPath path, int count, String activated, List<Step> steps) {
    String before = activated;
    for (int i = 0; i < count; i++) {
      UnitPlan unit = path.units().get(i);
      convolve(unit, path.source(i), before, steps);
      before = unit.read();
      GatePlan gate = unit.gate();
      if (gate != null) {
        steps.addAll(gate.forward(unit.a()));
        before += gate.gate() + " -> ";
      }
    }
    return before;
  }

  /** The step that makes the statistics of a normalisation of the input. */
  static Step measure(NormPlan norm) {
    return new Step(
        norm.bn() + "'s statistics of x", Call.of(norm.bn(), "batchStatistics", Given.X));
  }

  private static void convolve(UnitPlan unit, View source, String before, List<Step> steps) {
    if (!unit.normalized()) {
      Value.Function function = new Value.Function(unit.stored());
      steps.add(
          new Step(
              before + unit.conv() + Text.arrow(unit.stored()),
              Call.of(unit.conv(), "forward", source, unit.y(), function)));
      return;
    }
    steps.add(
        new Step(
            before + unit.conv() + ", and " + unit.bn() + "'s sums",
            Call.of(unit.conv(), "forward", source, unit.y(), new Value.Statistics(unit.bn()))));
    steps.add(new Step("", Call.of(unit.bn(), "finishStatistics")));
  }

  private static void shortcut(ConvPath path, String before, List<Step> steps) {
    String place = path.shortcutStandsInMap() ? ", where the sum will stand" : "";
    UnitPlan projection = path.projection();
    if (path.shortcutPool() != null) {
      steps.add(
          new Step(
              before.isEmpty() ? "" : before + ShortcutPool.LAYER,
              Call.of(ShortcutPool.LAYER, "forward", path.source(0), ShortcutPool.POOLED)));
      before = "";
    }
    if (path.projects(true)) {
      convolve(projection, path.projectionSource(), before, steps);
    } else if (path.projects(false)) {
      steps.add(
          new Step(
              before + projection.conv() + place,
              Call.of(
                  projection.conv(),
                  "forward",
                  path.projectionSource(),
                  path.addend(),
                  new Value.Function(Activation.NONE))));
    } else if (path.subsampling() != null) {
      steps.add(
          new Step(
              "x at every stride" + place,
              Call.of(ConvPath.SUBSAMPLING, "forward", Given.X_IN, path.addend())));
    }
  }

  private static String gated(ConvPath path) {
    return path.gatesMap() ? " * " + path.last().gate().values() : "";
  }

  private static String sum(ConvPath path) {
    if (!path.adds()) {
      return "";
    }
    if (path.subsampling() != null) {
      return " + the shortcut";
    }
    return " + " + (path.projection() == null ? "x" : path.projection().result());
  }
}
