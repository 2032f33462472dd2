package dev.lanewise.processor.writer;

import com.palantir.javapoet.CodeBlock;
import dev.lanewise.processor.plan.DensePlan;
import dev.lanewise.processor.plan.UnitPlan;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Small pieces of code. */
final class Code {
  static final String CHANNELS_IN = "CHANNELS_IN";
  static final String CHANNELS_GIVEN = "channels";
  static final String WIDTH_GIVEN = "width";
  static final String WINDOW_OF_POOL = "WINDOW_OF_POOL";
  static final String WINDOW_OF_SHORTCUT_POOL = "WINDOW_OF_SHORTCUT_POOL";
  static final String INITIALIZER = "INITIALIZER";

  private Code() {}

  /** Returns arguments, which may be broken over lines. */
  static CodeBlock list(List<CodeBlock> arguments) {
    return CodeBlock.join(arguments, ",$W");
  }

  /** Returns the concatenation of a name's pieces; a placeholder is the variable of its name. */
  static CodeBlock name(NamePattern pattern) {
    return name(pattern, "serial");
  }

  /**
   * Returns the concatenation of a name's pieces.
   *
   * @param serial what the placeholder {@code {serial}} is; others are the variables of their names
   */
  static CodeBlock name(NamePattern pattern, String serial) {
    List<CodeBlock> parts = new ArrayList<>();
    if (pattern.parts().stream().allMatch(NamePattern.Part::placeholder)) {
      // Variables alone need not be strings.
      parts.add(CodeBlock.of("$S", ""));
    }
    for (NamePattern.Part part : pattern.parts()) {
      String text = part.placeholder() && part.text().equals("serial") ? serial : part.text();
      String format = !part.placeholder() ? "$S" : text.contains(" ") ? "($L)" : "$L";
      parts.add(CodeBlock.of(format, text));
    }
    return CodeBlock.join(parts, " + ");
  }

  /** Returns the call that makes a window: {@code Window.same(3, 3, 1, 1)}. */
  static CodeBlock window(Window window) {
    CodeBlock made = undilated(window);
    return window.isDilated()
        ? CodeBlock.of("$L.dilated($L, $L)", made, window.dh(), window.dw())
        : made;
  }

  private static CodeBlock undilated(Window window) {
    String factory = window.padding().name().toLowerCase(Locale.ROOT);
    CodeBlock extents =
        CodeBlock.of("$L, $L, $L, $L", window.kh(), window.kw(), window.sh(), window.sw());
    return switch (window.padding()) {
      case VALID, SAME -> CodeBlock.of("$T.$L($L)", Types.WINDOW, factory, extents);
      case EXPLICIT ->
          CodeBlock.of(
              "$T.padded($L, $L, $L, $L, $L)",
              Types.WINDOW,
              extents,
              window.top(),
              window.bottom(),
              window.left(),
              window.right());
    };
  }

  /** Returns the constant of the channels that a unit makes: {@code CHANNELS_2A}. */
  static String channels(UnitPlan unit) {
    return "CHANNELS_" + unit.id().toUpperCase(Locale.ROOT);
  }

  /** Returns the constant of the outputs of a dense layer: {@code UNITS_1}. */
  static String units(DensePlan dense) {
    return "UNITS_" + dense.id();
  }

  /** Returns the constant of a unit's window: {@code WINDOW_2A}. */
  static String window(UnitPlan unit) {
    return "WINDOW_" + unit.id().toUpperCase(Locale.ROOT);
  }
}
