package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.lanewise.processor.plan.ClassPlan;
import dev.lanewise.processor.plan.UnitPlan;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Pool;
import dev.lanewise.spec.Shortcut;
import dev.lanewise.tensor.Window;
import java.util.Locale;

/** The Javadoc that heads a stem, block or head: the spec with its numbers. */
final class ClassDoc {
  private ClassDoc() {}

  static CodeBlock of(ClassPlan plan, ClassName network) {
    CodeBlock.Builder doc = CodeBlock.builder();
    switch (plan.role()) {
      case STEM -> doc.add("The stem of {@link $T}.\n", network);
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
    for (UnitPlan unit : plan.units()) {
      boolean own = plan.shortcut() == Shortcut.NONE || !unit.equals(plan.last());
      doc.add("$L\n", row(unit, own ? unit.after() : unit.bn()));
    }
    if (plan.projection() != null) {
      doc.add("$L\n", row(plan.projection(), plan.projection().bn() + " on the shortcut"));
    }
    if (plan.shortcut() != Shortcut.NONE) {
      String shortcut = plan.projection() == null ? "x" : plan.projection().bn();
      doc.add(
          "$L\n",
          cells("join", plan.last().bn() + " + " + shortcut + arrow(plan.activation()), "", ""));
    }
    if (plan.pool().kind() != Pool.Kind.NONE) {
      doc.add("$L\n", cells("pool", pool(plan), "", ""));
    }
    if (plan.dense() != null) {
      doc.add("$L\n", cells("dense", "flatten, to classes", "", ""));
    }
    doc.add("}</pre>\n");
    return doc.build();
  }

  private static String blocks(ClassPlan plan) {
    var members = plan.members();
    int last = members.size() - 1;
    return last == 0
        ? "Block " + members.get(0)
        : "Blocks " + String.join(", ", members.subList(0, last)) + " and " + members.get(last);
  }

  private static String row(UnitPlan plan, String after) {
    var unit = plan.unit();
    return cells(plan.conv(), window(unit.window()), unit.ic() + " -> " + unit.oc(), "-> " + after);
  }

  private static String cells(String name, String what, String channels, String after) {
    return String.format(Locale.ROOT, "%-8s %-22s %-13s %s", name, what, channels, after)
        .stripTrailing();
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

  static String arrow(Activation activation) {
    return activation == Activation.NONE ? "" : " -> " + activation.name().toLowerCase(Locale.ROOT);
  }
}
