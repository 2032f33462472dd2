package dev.lanewise.processor.plan;

import dev.lanewise.processor.spec.NetworkSpec;
import dev.lanewise.processor.spec.PoolSpec;
import dev.lanewise.processor.spec.PreActivationSpec;
import dev.lanewise.processor.spec.StageNumbers;
import dev.lanewise.processor.spec.StageSpec;
import dev.lanewise.processor.spec.TailSpec;
import dev.lanewise.processor.spec.UnitSpec;
import dev.lanewise.spec.Pool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans a network: finds the blocks of equal shape, which share a class, and plans each class. */
public final class NetworkPlanner {
  private NetworkPlanner() {}

  /**
   * Returns the plan of a network.
   *
   * @param spec a network without errors
   */
  public static NetworkPlan plan(NetworkSpec spec) {
    List<Unit> stem = units(spec.stem().units(), spec.channels());
    int channels = stem.get(stem.size() - 1).oc();

    int position = layers(stem, spec.stem().pool());

    Ids classNames = new Ids();
    String name = classNames.distinct(spec.name() + "Network");
    String stemName = classNames.distinct(spec.name() + "Stem");
    String tailName = spec.tail() == null ? "" : classNames.distinct(spec.name() + "Tail");
    String headName = classNames.distinct(spec.name() + "Head");
    Map<BlockShape, String> classes = new LinkedHashMap<>();
    Map<BlockShape, List<String>> members = new LinkedHashMap<>();
    List<NetworkPlan.Use> uses = new ArrayList<>();
    for (StageSpec stage : spec.stages()) {
      int width = channels;
      for (int i = 0; i < stage.repeat(); i++) {
        width = stage.block().out(width, stage.numbers());
      }
      for (int i = 0; i < stage.repeat(); i++) {
        BlockShape shape = BlockShape.of(stage, i, channels, spec.initializer());
        String member = stage.nameOf(i);
        String suffix = member.substring(stage.nameIn(i).length()).replace('.', '_');
        String id = new Ids().of(stage.nameIn(i)) + suffix;
        String className =
            classes.computeIfAbsent(shape, s -> classNames.distinct(spec.name() + "Block" + id));
        members.computeIfAbsent(shape, s -> new ArrayList<>()).add(member);
        uses.add(
            new NetworkPlan.Use(
                className, stage.nameIn(i), stage.block(i), member, position, channels, width));
        position += before(shape.preActivation()) + layers(shape.units(), shape.pool());
        channels = stage.block().out(channels, stage.numbers());
      }
    }
    List<BlockPlan> blocks = new ArrayList<>();
    classes.forEach(
        (shape, className) ->
            blocks.add(ConvPlanner.block(className, members.get(shape), shape, spec.names())));
    return new NetworkPlan(
        spec,
        name,
        ConvPlanner.units(
            stemName, true, stem, spec.stem().pool(), spec.names(), spec.initializer()),
        blocks,
        uses,
        spec.tail() == null ? null : tail(tailName, channels, spec),
        HeadPlanner.head(headName, spec.head(), spec.initializer()));
  }

  private static List<Unit> units(List<UnitSpec> specs, int in) {
    List<Unit> units = new ArrayList<>();
    int channels = in;
    for (UnitSpec spec : specs) {
      Unit unit = Unit.of(spec, in, channels, StageNumbers.NONE, 1);
      units.add(unit);
      channels = unit.oc();
    }
    return units;
  }

  private static ClassPlan tail(String name, int channels, NetworkSpec spec) {
    TailSpec tail = spec.tail();
    return tail.units().isEmpty()
        ? TailPlanner.tail(name, channels, tail)
        : ConvPlanner.units(
            name,
            false,
            units(tail.units(), channels),
            PoolSpec.NONE,
            spec.names(),
            spec.initializer());
  }

  private static int before(PreActivationSpec pre) {
    return pre == null ? 0 : pre.layers();
  }

  /** Returns the number of layers of a row of units and its pooling. */
  private static int layers(List<Unit> units, PoolSpec pool) {
    return units.stream().mapToInt(Unit::layers).sum() + (pool.kind() == Pool.Kind.NONE ? 0 : 1);
  }
}
