package dev.lanewise.model;

import dev.lanewise.network.LayerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keras's table of a model's layers. */
final class SummaryTable {
  private static final String GAP = "  ";
  private static final List<String> TITLES =
      List.of("Layer (type)", "Output Shape", "Param #", "Connected to");

  private SummaryTable() {}

  /** Returns the table with its totals, lines ended by the platform's separator. */
  static String of(String name, List<LayerInfo> layers) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    for (LayerInfo layer : layers) {
      rows.addAll(rowsOf(layer));
    }
    int[] widths = new int[TITLES.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    int total = GAP.length() * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    lines.add("Model: \"" + name + "\"");
    lines.add("_".repeat(total));
    for (List<String> row : rows) {
      lines.add(line(row, widths));
      if (row == TITLES) {
        lines.add("=".repeat(total));
      }
    }
    lines.add("=".repeat(total));
    long trainable = layers.stream().mapToLong(LayerInfo::trainable).sum();
    long nonTrainable = layers.stream().mapToLong(LayerInfo::nonTrainable).sum();
    lines.add("Total params: " + grouped(trainable + nonTrainable));
    lines.add("Trainable params: " + grouped(trainable));
    lines.add("Non-trainable params: " + grouped(nonTrainable));
    return String.join(System.lineSeparator(), lines);
  }

  /** One row, and one more for each further input. */
  private static List<List<String>> rowsOf(LayerInfo layer) {
    List<String> extents = new ArrayList<>(List.of("None"));
    layer.outputShape().forEach(extent -> extents.add(extent.toString()));
    List<String> inputs = layer.inputs();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            layer.name() + " (" + layer.type() + ")",
            "(" + String.join(", ", extents) + ")",
            Long.toString(layer.trainable() + layer.nonTrainable()),
            inputs.isEmpty() ? "" : inputs.get(0)));
    for (int i = 1; i < inputs.size(); i++) {
      rows.add(List.of("", "", "", inputs.get(i)));
    }
    return rows;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(i == 0 ? "" : GAP);
      line.append(String.format(Locale.ROOT, "%-" + widths[i] + "s", row.get(i)));
    }
    return line.toString().stripTrailing();
  }

  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
