package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.UnitPlan;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The Javadoc that heads a stem, block or head: the spec with its numbers. */
final class ClassDoc {
  private ClassDoc() {}

  static CodeBlock of(ClassPlan plan, ClassName network) {
    CodeBlock.Builder doc = CodeBlock.builder();
    switch (plan.role()) {
      case STEM -> doc.add("The stem of {@link $T}.\n", network);
      case TAIL -> doc.add("The end of the trunk of {@link $T}.\n", network);
      case HEAD -> doc.add("The head of {@link $T}.\n", network);
      case BLOCK ->
          doc.add(
              "$L of {@link $T}, as {@link $T} declares $L.\n",
              blocks(plan),
              network,
              Types.of(plan.blockType()),
              plan.members().size() == 1 ? "it" : "them");
    }
    doc.add("\n<pre>{@code\n");
    for (String line : aligned(rows(plan))) {
      doc.add("$L\n", line);
    }
    doc.add("}</pre>\n");
    return doc.build();
  }

  private static List<List<String>> rows(ClassPlan plan) {
    List<List<String>> rows = new ArrayList<>();
    if (plan.pre() != null) {
      rows.add(List.of(plan.pre().bn(), "-> relu"));
    }
    for (UnitPlan unit : plan.units()) {
      boolean own = plan.shortcut() == Shortcut.NONE || !unit.equals(plan.last());
      rows.add(row(unit, unit.normalized() ? own ? unit.after() : unit.bn() : ""));
    }
    if (plan.projection() != null) {
      UnitPlan projection = plan.projection();
      rows.add(
          row(
              projection,
              (projection.normalized() ? projection.bn() + " " : "") + "on the shortcut"));
    }
    if (plan.shortcut() != Shortcut.NONE) {
      String shortcut = plan.projection() == null ? "x" : plan.projection().result();
      if (plan.subsampling() != null) {
        rows.add(row("subsampling", plan.subsampling()));
      }
      rows.add(List.of("join", plan.last().result() + " + " + shortcut + arrow(plan.activation())));
    }
    if (plan.pool().kind() != Pool.Kind.NONE) {
      rows.add(List.of("pool", pool(plan)));
    }
    if (plan.dense() != null) {
      rows.add(List.of("dense", "flatten, to classes"));
    }
    return rows;
  }

  private static List<String> row(String name, Window window) {
    return List.of(name, window(window) + " of x on the shortcut");
  }

  private static List<String> row(UnitPlan plan, String after) {
    var unit = plan.unit();
    List<String> cells = new ArrayList<>();
    cells.add(plan.conv());
    cells.add(window(unit.window()));
    cells.add(unit.ic() + " -> " + unit.oc());
    if (!after.isEmpty()) {
      cells.add(plan.normalized() ? "-> " + after : after);
    }
    return cells;
  }

  /** Puts cells under each other; a row's last cell may stick out. */
  private static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[4];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() - 1; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        boolean last = i == row.size() - 1;
        line.append(cell).append(last ? "" : " ".repeat(widths[i] - cell.length() + 2));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static String blocks(ClassPlan plan) {
    var members = plan.members();
    int last = members.size() - 1;
    return last == 0
        ? "Block " + members.get(0)
        : "Blocks " + String.join(", ", members.subList(0, last)) + " and " + members.get(last);
  }

  private static String pool(ClassPlan plan) {
    String kind = plan.pool().kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return plan.pool().window() == null ? kind : kind + " " + window(plan.pool().window());
  }

  private static String window(Window window) {
    StringBuilder text = new StringBuilder();
    text.append(window.kh()).append('x').append(window.kw());
    if (window.sh() != window.sw()) {
      text.append(" / ").append(window.sh()).append('x').append(window.sw());
    } else if (window.sh() != 1) {
      text.append(" / ").append(window.sh());
    }
    switch (window.padding()) {
      case VALID -> {}
      case SAME -> text.append(" same");
      case EXPLICIT ->
          text.append(" pad ")
              .append(window.top())
              .append(',')
              .append(window.bottom())
              .append(',')
              .append(window.left())
              .append(',')
              .append(window.right());
    }
    return text.toString();
  }

  private static String arrow(Activation activation) {
    return activation == Activation.NONE ? "" : " -> " + activation.name().toLowerCase(Locale.ROOT);
  }
}
