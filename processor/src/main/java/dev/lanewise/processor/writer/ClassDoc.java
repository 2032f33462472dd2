package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.lanewise.processor.plan.BlockPlan;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.ConvPath;
import dev.lanewise.processor.plan.DensePlan;
import dev.lanewise.processor.plan.GatePlan;
import dev.lanewise.processor.plan.HeadPlan;
import dev.lanewise.processor.plan.NormPlan;
import dev.lanewise.processor.plan.PoolPlan;
import dev.lanewise.processor.plan.ShortcutPool;
import dev.lanewise.processor.plan.TailPlan;
import dev.lanewise.processor.plan.Text;
import dev.lanewise.processor.plan.Unit;
import dev.lanewise.processor.plan.UnitPlan;
import dev.lanewise.processor.plan.UnitsPlan;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The Javadoc that heads a stem, block, tail or head: the spec with its numbers. */
final class ClassDoc {
  private ClassDoc() {}

  static CodeBlock of(ClassPlan plan, ClassName network) {
    CodeBlock.Builder doc = CodeBlock.builder();
    switch (plan) {
      case UnitsPlan units ->
          doc.add("The $L of {@link $T}.\n", units.stem() ? "stem" : "end of the trunk", network);
      case TailPlan tail -> doc.add("The end of the trunk of {@link $T}.\n", network);
      case HeadPlan head -> doc.add("The head of {@link $T}.\n", network);
      case BlockPlan block ->
          doc.add(
              "$L of {@link $T}, as {@link $T} declares $L.\n",
              blocks(block),
              network,
              Types.of(block.type()),
              block.members().size() == 1 ? "it" : "them");
    }
    doc.add("\n<pre>{@code\n");
    for (String line : aligned(rows(plan))) {
      doc.add("$L\n", line);
    }
    doc.add("}</pre>\n");
    return doc.build();
  }

  private static List<List<String>> rows(ClassPlan plan) {
    return switch (plan) {
      case UnitsPlan units -> rows(units.path());
      case BlockPlan block -> rows(block.path());
      case TailPlan tail -> List.of(row(tail.norm()));
      case HeadPlan head -> {
        List<List<String>> rows = new ArrayList<>();
        if (head.pool() != null) {
          rows.add(row(head.pool()));
        }
        String before = "flatten, ";
        for (DensePlan dense : head.dense()) {
          if (dense.drops()) {
            rows.add(List.of(dense.dropoutLayer().name(), String.valueOf(dense.dropout())));
          }
          String units = dense.units() == 0 ? "classes" : String.valueOf(dense.units());
          String norm = dense.normalized() ? " -> " + dense.bn() : "";
          String after = norm + Text.arrow(dense.activation());
          rows.add(List.of(dense.layer().name(), before + "to " + units + after));
          before = "";
        }
        yield rows;
      }
    };
  }

  private static List<List<String>> rows(ConvPath path) {
    List<List<String>> rows = new ArrayList<>();
    if (path.pre() != null) {
      rows.add(row(path.pre()));
    }
    for (UnitPlan unit : path.units()) {
      boolean own = !path.adds() && !path.concatenates() || !unit.equals(path.last());
      rows.add(row(unit, own ? unit.after() : unit.normalized() ? " -> " + unit.bn() : ""));
      if (unit.gate() != null) {
        rows.addAll(rows(unit.gate()));
      }
    }
    if (path.shortcutPool() != null) {
      String window = window(path.shortcutPool().window());
      rows.add(List.of(ShortcutPool.LAYER.name(), "average " + window + " of x on the shortcut"));
    }
    if (path.projection() != null) {
      UnitPlan projection = path.projection();
      rows.add(
          row(
              projection,
              (projection.normalized() ? "-> " + projection.bn() + " " : "") + "on the shortcut"));
    }
    if (path.concatenates()) {
      rows.add(List.of(ConvPath.CONCATENATION.name(), "x beside " + path.last().conv()));
    }
    if (path.adds()) {
      String shortcut = path.projection() == null ? "x" : path.projection().result().name();
      if (path.subsampling() != null) {
        rows.add(
            List.of(
                ConvPath.SUBSAMPLING.name(), window(path.subsampling()) + " of x on the shortcut"));
      }
      rows.add(
          List.of(
              "join",
              (path.gatesMap() ? path.last().gate().gate() : path.last().result())
                  + " + "
                  + shortcut
                  + Text.arrow(path.activation())));
    }
    if (path.pool() != null) {
      rows.add(row(path.pool()));
    }
    return rows;
  }

  private static List<List<String>> rows(GatePlan gate) {
    return List.of(
        List.of(gate.squeeze().name(), "global average"),
        row(gate.reduce(), gate.reduce().after()),
        row(gate.expand(), gate.expand().after()),
        List.of(gate.gate().name(), "the map times that"));
  }

  private static List<String> row(NormPlan norm) {
    return List.of(norm.bn().name(), Text.arrow(norm.activation()).strip());
  }

  private static List<String> row(UnitPlan plan, String after) {
    var unit = plan.unit();
    List<String> cells = new ArrayList<>();
    cells.add(plan.conv().name());
    cells.add(window(unit.window()));
    cells.add((unit.ic() == 0 ? "C" : unit.ic()) + " -> " + unit.oc() + groups(unit));
    if (!after.isEmpty()) {
      cells.add(after.strip());
    }
    return cells;
  }

  private static String groups(Unit unit) {
    if (unit.depthwise()) {
      return " depthwise";
    }
    return unit.groups() > 1 ? " in " + unit.groups() + " groups" : "";
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

  private static String blocks(BlockPlan plan) {
    var members = plan.members();
    int last = members.size() - 1;
    return last == 0
        ? "Block " + members.get(0)
        : "Blocks " + String.join(", ", members.subList(0, last)) + " and " + members.get(last);
  }

  private static List<String> row(PoolPlan pool) {
    String kind = pool.spec().kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    Window window = pool.spec().window();
    return List.of(pool.layer().name(), window == null ? kind : kind + " " + window(window));
  }

  private static String window(Window window) {
    StringBuilder text = new StringBuilder();
    text.append(window.kh()).append('x').append(window.kw());
    if (window.sh() != window.sw()) {
      text.append(" / ").append(window.sh()).append('x').append(window.sw());
    } else if (window.sh() != 1) {
      text.append(" / ").append(window.sh());
    }
    if (window.isDilated()) {
      text.append(" dilated ").append(window.dh()).append('x').append(window.dw());
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
}
