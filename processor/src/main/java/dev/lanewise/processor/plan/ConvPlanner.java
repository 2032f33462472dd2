package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import dev.lanewise.processor.spec.GateSpec;
import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.NamesSpec;
import dev.lanewise.processor.spec.PoolSpec;
import dev.lanewise.processor.spec.PreActivationSpec;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Shortcut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans the classes made of convolutions: the stem and the blocks. */
final class ConvPlanner {
  private ConvPlanner() {}

  /** Plans the class of the blocks of a shape. */
  static BlockPlan block(String name, List<String> members, BlockShape shape, NamesSpec names) {
    Ids ids = new Ids("In", "Out");
    NormPlan pre = pre(ids, shape.preActivation(), names);
    List<UnitPlan> units = new ArrayList<>();
    Tensor in = Given.X;
    int position = shape.preActivation() == null ? 0 : shape.preActivation().layers();
    for (Unit unit : shape.units()) {
      NamePattern conv = names.conv().shifted(NamesSpec.POSITION, position);
      NamePattern batchNorm = names.batchNorm().shifted(NamesSpec.POSITION, position + 1);
      position += unit.layers();
      UnitPlan plan = inBlock(ids, unit, in, conv, batchNorm, names);
      plan = gated(ids, plan, names);
      units.add(plan);
      in = plan.y();
    }
    ShortcutPool pooling =
        shape.pooling() == null
            ? null
            : new ShortcutPool(
                names.conv().with(Map.of("unit", shape.projectionPool())), shape.pooling());
    UnitPlan projection =
        shape.projection() == null
            ? null
            : inBlock(
                ids,
                shape.projection(),
                pooling == null ? Given.X : ShortcutPool.POOLED,
                names.projectionConv(),
                names.projectionBatchNorm(),
                names);
    boolean plain = shape.shortcut() == Shortcut.NONE;
    UnitPlan last = units.get(units.size() - 1);
    ConvPath path =
        new ConvPath(
            pre,
            units,
            shape.shortcut(),
            projection,
            pooling,
            shape.subsampling(),
            plain && last.gate() == null ? last.unit().activation() : shape.activation(),
            PoolPlan.of(shape.pool()));
    return new BlockPlan(
        name,
        members,
        shape.type(),
        path,
        plain ? null : new Addition(shape.shortcutFirst(), names.add(), names.output()),
        shape.initializer(),
        path.concatenates()
            ? ConcatenationPlanner.passes(path, shape.first())
            : passes(path, true));
  }

  /**
   * Plans the class of the stem, or of units between the stages and the head.
   *
   * @param stem whether it is the stem
   */
  static UnitsPlan units(
      String name,
      boolean stem,
      List<Unit> units,
      PoolSpec pool,
      NamesSpec names,
      InitializerSpec initializer) {
    Ids ids = new Ids("In", "Out");
    List<UnitPlan> plans = new ArrayList<>();
    Tensor in = Given.X;
    int position = 0;
    for (Unit unit : units) {
      Map<String, String> values =
          Map.of("unit", unit.name(), NamesSpec.POSITION, String.valueOf(position + 1));
      position += unit.layers();
      UnitPlan plan =
          new UnitPlan(
              ids.of(unit.name()),
              unit,
              in,
              new NamePattern(unit.name()),
              unit.normName().equals(unit.name())
                  ? names.stemBatchNorm().with(values)
                  : new NamePattern(unit.normName()),
              unit.activationName().equals(unit.name())
                  ? with(names.stemActivation(), values)
                  : new NamePattern(unit.activationName()),
              with(names.stemPadding(), values),
              null);
      plans.add(plan);
      in = plan.y();
    }
    Activation activation = units.get(units.size() - 1).activation();
    ConvPath path =
        new ConvPath(null, plans, Shortcut.NONE, null, null, null, activation, PoolPlan.of(pool));
    return new UnitsPlan(name, stem, path, initializer, passes(path, !stem));
  }

  private static NormPlan pre(Ids ids, PreActivationSpec spec, NamesSpec names) {
    if (spec == null) {
      return null;
    }
    return new NormPlan(
        ids.of(spec.name()),
        names.batchNorm().with(Map.of("unit", spec.name())),
        with(names.activation(), Map.of("unit", spec.activationName())),
        spec.function());
  }

  private static UnitPlan inBlock(
      Ids ids, Unit unit, Tensor in, NamePattern conv, NamePattern batchNorm, NamesSpec names) {
    Map<String, String> values = Map.of("unit", unit.name());
    return new UnitPlan(
        ids.of(unit.name()),
        unit,
        in,
        conv.with(values),
        batchNorm.with(Map.of("unit", unit.normName())),
        with(names.activation(), Map.of("unit", unit.activationName())),
        with(names.padding(), values),
        null);
  }

  /** Adds a unit's gate, where it has one. */
  private static UnitPlan gated(Ids ids, UnitPlan plan, NamesSpec names) {
    Unit unit = plan.unit();
    GateSpec gate = unit.gate();
    if (gate == null) {
      return plan;
    }
    Unit reduce = Unit.ofGate(gate.reduce(), unit.oc(), unit.gateChannels(), gate.activation());
    Unit expand = Unit.ofGate(gate.expand(), unit.gateChannels(), unit.oc(), gate.function());
    UnitPlan first =
        inBlock(
            ids,
            reduce,
            GatePlan.average(plan.id(), plan.y()),
            names.conv(),
            names.batchNorm(),
            names);
    UnitPlan second = inBlock(ids, expand, first.y(), names.conv(), names.batchNorm(), names);
    return plan.with(
        new GatePlan(
            plan.id(),
            first,
            second,
            gate.function(),
            gateName(names, gate.squeeze(), gate.reduce() + "_squeeze"),
            gate.reshape().isEmpty() ? null : gateName(names, gate.reshape(), ""),
            gateName(names, gate.multiply(), gate.reduce() + "_multiply")));
  }

  private static NamePattern gateName(NamesSpec names, String given, String otherwise) {
    return names.conv().with(Map.of("unit", given.isEmpty() ? otherwise : given));
  }

  private static NamePattern with(NamePattern pattern, Map<String, String> values) {
    return pattern == null ? null : pattern.with(values);
  }

  private static Passes passes(ConvPath path, boolean inputGradient) {
    Lifetimes training = new Lifetimes();
    Value outSums = path.pool() == null ? path.mapSums() : Value.NOTHING;
    List<View> last = outSums instanceof View view ? List.of(view) : List.of();
    Pass forward = training.keepingAll(path.out(), TrainingPlanner.forward(path), last);
    training.takeOver(Given.D_OUT);
    Pass backward =
        training.releasingAllBut(
            inputGradient ? Given.DX : null, BackwardPlanner.backward(path, inputGradient));
    return new Passes(forward, backward, InferencePlanner.plan(path), outSums);
  }

  /** Returns what a join does with the gradient of its output while the block above makes it. */
  static View outSums(View join) {
    return new View(ViewType.EPILOGUE, "outSums", Call.of(join, "gradientSums"));
  }
}
