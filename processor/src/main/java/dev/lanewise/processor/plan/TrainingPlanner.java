package dev.lanewise.processor.plan;

import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
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
      steps.add(new Step(pre.bn() + "'s statistics of x", Call.of(pre.bn(), "measure", "x")));
      activated = pre.bn() + UnitPlan.arrow(Activation.RELU) + " -> ";
    }
    List<UnitPlan> units = path.units();
    int own = path.writesOut() ? units.size() - 1 : units.size();
    String before = activated;
    for (int i = 0; i < own; i++) {
      convolve(units.get(i), path.source(i), before, steps);
      before = units.get(i).after() + " -> ";
    }
    shortcut(path, activated, steps);
    UnitPlan last = path.last();
    if (path.writesOut()) {
      String source = path.source(units.size() - 1);
      String addend = path.shortcutStandsInOut() ? "out" : "x";
      steps.add(
          new Step(
              before + last.conv() + sum(path),
              path.shortcut() == Shortcut.NONE
                  ? Call.of(last.conv(), "forward", source, "out")
                  : Call.of(last.conv(), "forward", source, "out", addend)));
    } else if (path.pools()) {
      Call pool =
          path.pool() == Pool.Kind.MAX
              ? Call.of("pool", "forward", last.a(), "out", "argmax")
              : Call.of("pool", "forward", last.a(), "out");
      steps.add(new Step(last.normalized() ? before + "pool" : "", pool));
    } else {
      steps.add(
          new Step(
              last.bn() + sum(path) + UnitPlan.arrow(path.activation()),
              Call.of("join", "forward")));
    }
    return steps;
  }

  private static void convolve(UnitPlan unit, String source, String before, List<Step> steps) {
    if (!unit.normalized()) {
      steps.add(new Step(before + unit.conv(), Call.of(unit.conv(), "forward", source, unit.y())));
      return;
    }
    steps.add(
        new Step(
            before + unit.conv() + ", and " + unit.bn() + "'s sums",
            Call.of(unit.conv(), "forward", source, unit.y(), unit.bn() + ".statistics()")));
    steps.add(new Step("", Call.of(unit.bn(), "finishStatistics")));
  }

  private static void shortcut(ConvPath path, String before, List<Step> steps) {
    String place = ", where the sum will stand";
    UnitPlan projection = path.projection();
    if (path.projects(true)) {
      convolve(projection, path.source(0), before, steps);
    } else if (path.projects(false)) {
      steps.add(
          new Step(
              before + projection.conv() + place,
              Call.of(projection.conv(), "forward", path.source(0), "out")));
    } else if (path.subsamples()) {
      steps.add(
          new Step("x at every stride" + place, Call.of("subsampling", "forward", "xIn", "out")));
    }
  }

  private static String sum(ConvPath path) {
    if (path.shortcut() == Shortcut.NONE) {
      return "";
    }
    if (path.subsamples()) {
      return " + the shortcut";
    }
    return " + " + (path.projection() == null ? "x" : path.projection().result());
  }
}
