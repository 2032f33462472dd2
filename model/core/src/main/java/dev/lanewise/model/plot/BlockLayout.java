package dev.lanewise.model.plot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays out one block: its longest path in lane 0, what lies beside it in the lanes to the right,
 * each chain centred between where it leaves the path and where it comes back.
 */
final class BlockLayout {
  /** Between a node and the next below it. */
  static final double GAP = 20;

  private final List<Unit> units;
  private final UnitGraph graph;
  private final PlotOptions options;
  private final Map<Unit, Double> tops = new LinkedHashMap<>();
  private final Map<Unit, Integer> lanes = new HashMap<>();
  private final List<Unit> path;

  BlockLayout(List<Unit> units, UnitGraph graph, PlotOptions options) {
    this.units = units;
    this.graph = graph;
    this.options = options;
    this.path = path(units, graph);
    path.forEach(unit -> lanes.put(unit, 0));
    stack();
    layBeside();
  }

  /** Returns the units of lane 0, from top to bottom. */
  List<Unit> path() {
    return path;
  }

  int lane(Unit unit) {
    return lanes.get(unit);
  }

  /** Returns the distance of a unit's top from the top of the block's first unit. */
  double top(Unit unit) {
    return tops.get(unit);
  }

  double height() {
    return units.stream().mapToDouble(this::bottom).max().orElse(0);
  }

  private double bottom(Unit unit) {
    return tops.get(unit) + NodeSize.height(unit, options);
  }

  private List<Unit> inputs(Unit unit) {
    return graph.inputs().get(unit).stream().filter(units::contains).toList();
  }

  /**
   * Returns the longest path to a block's last unit; of equal ones, by each unit's first input.
   *
   * @param units of the block, in order
   */
  static List<Unit> path(List<Unit> units, UnitGraph graph) {
    Map<Unit, Integer> depths = new HashMap<>();
    for (Unit unit : units) {
      int above =
          graph.inputs().get(unit).stream()
              .mapToInt(input -> depths.getOrDefault(input, 0))
              .max()
              .orElse(0);
      depths.put(unit, above + 1);
    }
    List<Unit> path = new ArrayList<>();
    Unit at = units.get(units.size() - 1);
    while (at != null) {
      path.add(0, at);
      Unit deepest = null;
      for (Unit input : graph.inputs().get(at)) {
        if (depths.containsKey(input)
            && (deepest == null || depths.get(input) > depths.get(deepest))) {
          deepest = input;
        }
      }
      at = deepest;
    }
    return path;
  }

  private void stack() {
    for (Unit unit : units) {
      tops.put(unit, inputs(unit).stream().mapToDouble(u -> bottom(u) + GAP).max().orElse(0));
    }
  }

  private void layBeside() {
    Set<Unit> done = new HashSet<>(path);
    for (Unit unit : units) {
      if (!done.contains(unit)) {
        List<Unit> chain = chainFrom(unit);
        done.addAll(chain);
        centre(chain);
        int lane = 1;
        while (isTaken(lane, chain)) {
          lane++;
        }
        for (Unit link : chain) {
          lanes.put(link, lane);
        }
      }
    }
  }

  private List<Unit> readers(Unit unit) {
    return units.stream().filter(u -> graph.inputs().get(u).contains(unit)).toList();
  }

  /** Returns a unit and those below it that are read by, and read, but one. */
  private List<Unit> chainFrom(Unit start) {
    List<Unit> chain = new ArrayList<>(List.of(start));
    Unit at = start;
    while (readers(at).size() == 1) {
      Unit next = readers(at).get(0);
      if (path.contains(next) || inputs(next).size() > 1) {
        break;
      }
      chain.add(next);
      at = next;
    }
    return chain;
  }

  private void centre(List<Unit> chain) {
    Unit last = chain.get(chain.size() - 1);
    double floor = readers(last).stream().mapToDouble(tops::get).min().orElse(bottom(last));
    double spare = floor - GAP - bottom(last);
    if (spare > 0) {
      chain.forEach(unit -> tops.merge(unit, spare / 2, Double::sum));
    }
  }

  private boolean isTaken(int lane, List<Unit> chain) {
    double from = tops.get(chain.get(0));
    double to = bottom(chain.get(chain.size() - 1));
    return units.stream()
        .anyMatch(
            u ->
                lanes.getOrDefault(u, 0) == lane
                    && tops.get(u) < to + GAP
                    && bottom(u) + GAP > from);
  }
}
