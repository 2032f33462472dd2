package dev.lanewise.model.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The line above a block.
 *
 * @param block the block's name
 * @param name what is shown of it: {@code "2a"}, or {@code "2b ×2"} for equal blocks
 * @param kind what its shortcut is: "identity", "projection", "pooled"; empty where it has none
 * @param cost its parameters and operations
 * @param details the tooltip
 */
record BlockTitle(String block, String name, String kind, String cost, String details) {
  static final double NAME = 15;
  static final double KIND = 11.5;
  static final double COST = 10.5;

  /** Between the parts of the line. */
  static final double SPACE = 8;

  /** Between the texts and the path that passes between them. */
  private static final double BESIDE_PATH = 8;

  /** Describes a block of a graph. */
  static BlockTitle of(
      String block, List<Unit> units, UnitGraph graph, Map<String, LayerCost> costs) {
    List<String> repeats = graph.repeats().get(block);
    List<LayerCost> parts = new ArrayList<>();
    units.forEach(unit -> unit.layers().forEach(layer -> parts.add(costs.get(layer.name()))));
    LayerCost sum = LayerCost.sum(parts);
    long parameters = units.stream().mapToLong(Unit::parameters).sum();
    boolean one = repeats.size() == 1;
    String kind = kind(units, graph);
    String details =
        (one ? "block " + block : "blocks " + String.join(", ", repeats) + ", each")
            + (kind.isEmpty() ? "" : ", " + kind + " shortcut")
            + "\n"
            + Amounts.grouped(parameters)
            + " parameters\n"
            + Amounts.grouped(sum.flops())
            + " FLOPs\n"
            + Amounts.bytes(sum.activationBytes())
            + " of activations";
    return new BlockTitle(
        block,
        one ? block : block + " ×" + repeats.size(),
        kind,
        Amounts.count(parameters) + " parameters, " + Amounts.count(sum.flops()) + "FLOPs",
        details);
  }

  private static String kind(List<Unit> units, UnitGraph graph) {
    if (units.stream().noneMatch(Unit::isAddition)) {
      return "";
    }
    List<Unit> path = BlockLayout.path(units, graph);
    List<Unit> beside = units.stream().filter(unit -> !path.contains(unit)).toList();
    if (beside.isEmpty()) {
      return "identity";
    }
    return beside.stream().anyMatch(Unit::hasConvolution) ? "projection" : "pooled";
  }

  double nameWidth() {
    return TextWidth.ofBold(name, NAME);
  }

  /** Returns the width of what stands to the left of the path. */
  double leftWidth() {
    return nameWidth() + SPACE + TextWidth.of(kind, KIND) + BESIDE_PATH;
  }

  /** Returns the width of what stands to the right of the path. */
  double rightWidth() {
    return BESIDE_PATH + TextWidth.of(cost, COST);
  }
}
