package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.InitializerSpec;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.processor.spec.NamesSpec;
import dev.lanewise.processor.spec.PoolSpec;
import dev.lanewise.processor.spec.TypeRef;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans the classes made of convolutions: the stem and the blocks. */
final class ConvPlanner {
  private ConvPlanner() {}

  /** Plans the class of the blocks of a shape. */
  static ClassPlan block(String name, List<String> members, BlockShape shape, NamesSpec names) {
    Ids ids = new Ids("In", "Out");
    NormPlan pre = pre(ids, shape.preActivation(), names);
    List<UnitPlan> units = new ArrayList<>();
    for (Unit unit : shape.units()) {
      units.add(inBlock(ids, unit, names.conv(), names.batchNorm(), names));
    }
    UnitPlan projection =
        shape.projection() == null
            ? null
            : inBlock(
                ids,
                shape.projection(),
                names.projectionConv(),
                names.projectionBatchNorm(),
                names);
    boolean plain = shape.shortcut() == Shortcut.NONE;
    ConvPath path =
        new ConvPath(
            pre,
            units,
            shape.shortcut(),
            projection,
            shape.subsampling() != null,
            plain ? units.get(units.size() - 1).unit().activation() : shape.activation(),
            Pool.Kind.NONE,
            true);
    return plan(
        path,
        ClassPlan.Role.BLOCK,
        name,
        members,
        shape.type(),
        shape.subsampling(),
        plain ? null : new Addition(shape.shortcutFirst(), names.add(), names.output()),
        PoolSpec.NONE,
        shape.initializer());
  }

  /** Plans the stem's class. */
  static ClassPlan stem(
      String name, List<Unit> units, PoolSpec pool, NamesSpec names, InitializerSpec initializer) {
    Ids ids = new Ids("In", "Out");
    List<UnitPlan> plans = new ArrayList<>();
    for (Unit unit : units) {
      Map<String, String> values = Map.of("unit", unit.name());
      plans.add(
          new UnitPlan(
              ids.of(unit.name()),
              unit,
              new NamePattern(unit.name()),
              names.stemBatchNorm().with(values),
              with(names.stemActivation(), values),
              with(names.stemPadding(), values)));
    }
    Activation activation = units.get(units.size() - 1).activation();
    ConvPath path =
        new ConvPath(null, plans, Shortcut.NONE, null, false, activation, pool.kind(), false);
    return plan(path, ClassPlan.Role.STEM, name, List.of(), null, null, null, pool, initializer);
  }

  private static NormPlan pre(Ids ids, String unit, NamesSpec names) {
    if (unit.isEmpty()) {
      return null;
    }
    Map<String, String> values = Map.of("unit", unit);
    return new NormPlan(
        ids.of(unit), names.batchNorm().with(values), with(names.activation(), values));
  }

  private static UnitPlan inBlock(
      Ids ids, Unit unit, NamePattern conv, NamePattern batchNorm, NamesSpec names) {
    Map<String, String> values = Map.of("unit", unit.name());
    return new UnitPlan(
        ids.of(unit.name()),
        unit,
        conv.with(values),
        batchNorm.with(values),
        with(names.activation(), values),
        with(names.padding(), values));
  }

  private static NamePattern with(NamePattern pattern, Map<String, String> values) {
    return pattern == null ? null : pattern.with(values);
  }

  private static ClassPlan plan(
      ConvPath path,
      ClassPlan.Role role,
      String name,
      List<String> members,
      TypeRef blockType,
      Window subsampling,
      Addition addition,
      PoolSpec pool,
      InitializerSpec initializer) {
    Lifetimes training = TrainingTensors.of(path);
    String[] sums = path.joins() ? new String[] {"outSums"} : new String[0];
    Pass forward = training.keepingAll(TrainingPlanner.forward(path), sums);
    training.takeOver("dOut");
    Pass backward = training.releasingAllBut(List.of("dx"), BackwardPlanner.backward(path));
    return new ClassPlan(
        role,
        name,
        members,
        blockType,
        path.units().get(0).unit().ic(),
        path.pre(),
        path.units(),
        path.shortcut(),
        path.projection(),
        subsampling,
        addition,
        path.activation(),
        pool,
        null,
        initializer,
        forward,
        backward,
        InferencePlanner.plan(path));
  }
}
