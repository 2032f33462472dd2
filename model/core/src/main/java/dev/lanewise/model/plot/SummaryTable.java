package dev.lanewise.model.plot;

import dev.lanewise.network.LayerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keras's table of a model's layers, and beside it what each of them costs. */
public final class SummaryTable {
  private static final String GAP = "  ";
  private static final List<String> TITLES =
      List.of("Layer (type)", "Output Shape", "Param #", "FLOPs", "Memory", "Connected to");

  /** Columns of Keras's table that stand in any. */
  private static final int LEAST = 3;

  private SummaryTable() {}

  /**
   * {@return the table with its totals, lines ended by the platform's separator} Where it is wider
   * than it may be, it goes without its last columns, and says so.
   *
   * @param name the network's name
   * @param layers all layers, each after those that it reads
   * @param columns characters that a line may take
   */
  public static String of(String name, List<LayerInfo> layers, int columns) {
    Map<String, LayerCost> costs = LayerCost.of(layers);
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    for (LayerInfo layer : layers) {
      rows.addAll(rowsOf(layer, costs.get(layer.name())));
    }
    int[] widths = new int[TITLES.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    int shown = widths.length;
    while (shown > LEAST && width(widths, shown) > columns) {
      shown--;
    }
    int total = width(widths, shown);
    List<String> lines = new ArrayList<>();
    lines.add("Model: \"" + name + "\"");
    lines.add("_".repeat(total));
    for (List<String> row : rows) {
      String line = line(row.subList(0, shown), widths);
      if (!line.isEmpty()) {
        lines.add(line);
      }
      if (row == TITLES) {
        lines.add("=".repeat(total));
      }
    }
    lines.add("=".repeat(total));
    if (shown < widths.length) {
      lines.add(
          String.format(
              Locale.ROOT,
              "(%d columns would also show: %s)",
              width(widths, widths.length),
              String.join(", ", TITLES.subList(shown, TITLES.size()))));
    }
    addTotals(layers, LayerCost.sum(costs.values()), lines);
    return String.join(System.lineSeparator(), lines);
  }

  private static int width(int[] widths, int shown) {
    int total = GAP.length() * (shown - 1);
    for (int i = 0; i < shown; i++) {
      total += widths[i];
    }
    return total;
  }

  private static void addTotals(List<LayerInfo> layers, LayerCost cost, List<String> lines) {
    long trainable = layers.stream().mapToLong(LayerInfo::trainable).sum();
    long nonTrainable = layers.stream().mapToLong(LayerInfo::nonTrainable).sum();
    lines.add("Total params: " + Amounts.grouped(trainable + nonTrainable));
    lines.add("Trainable params: " + Amounts.grouped(trainable));
    lines.add("Non-trainable params: " + Amounts.grouped(nonTrainable));
    lines.add(
        "FLOPs per image: "
            + Amounts.grouped(cost.flops())
            + " ("
            + Amounts.count(cost.flops())
            + "; a multiply-add counts as 2)");
    lines.add(
        "Activation memory per image: "
            + Amounts.bytes(cost.activationBytes())
            + " (float32, all outputs as listed)");
  }

  /**
   * {@return the table's last line for training, which fuses layers and shares memory}
   *
   * @param batchSize images of a step
   * @param bytes what the plan of a step takes
   */
  public static String trainingMemory(int batchSize, long bytes) {
    return String.format(
        Locale.ROOT,
        "Planned for training on %d image%s: %s (activations, gradients; overlaid)",
        batchSize,
        batchSize == 1 ? "" : "s",
        Amounts.bytes(bytes));
  }

  /** One row, and one more for each further input. */
  private static List<List<String>> rowsOf(LayerInfo layer, LayerCost cost) {
    List<String> extents = new ArrayList<>(List.of("None"));
    layer.outputShape().forEach(extent -> extents.add(extent.toString()));
    List<String> inputs = layer.inputs();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            layer.name() + " (" + layer.type() + ")",
            "(" + String.join(", ", extents) + ")",
            Long.toString(layer.trainable() + layer.nonTrainable()),
            Amounts.count(cost.flops()),
            Amounts.bytes(cost.activationBytes()),
            inputs.isEmpty() ? "" : inputs.get(0)));
    for (int i = 1; i < inputs.size(); i++) {
      rows.add(List.of("", "", "", "", "", inputs.get(i)));
    }
    return rows;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(i == 0 ? "" : GAP);
      line.append(String.format(Locale.ROOT, "%-" + widths[i] + "s", row.get(i)));
    }
    return line.toString().stripTrailing();
  }
}
