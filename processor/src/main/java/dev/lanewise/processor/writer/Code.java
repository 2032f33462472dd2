package dev.lanewise.processor.writer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.lanewise.processor.plan.Call;
import dev.lanewise.processor.spec.NamePattern;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Small pieces of code. */
final class Code {
  private static final Set<String> STATIC_CONSTANTS = Set.of("RELU", "NONE");

  private Code() {}

  /** Returns a planned call. */
  static CodeBlock call(Call call) {
    ClassName type = Types.view(call.receiver());
    CodeBlock receiver =
        type == null ? CodeBlock.of("$L", call.receiver()) : CodeBlock.of("$T", type);
    List<CodeBlock> arguments = new ArrayList<>();
    for (String argument : call.arguments()) {
      arguments.add(
          STATIC_CONSTANTS.contains(argument)
              ? activation(argument)
              : CodeBlock.of("$L", argument));
    }
    return CodeBlock.of("$L.$L($L)", receiver, call.method(), list(arguments));
  }

  /** Returns an activation, which is imported statically. */
  static CodeBlock activation(String name) {
    return name.equals("RELU")
        ? CodeBlock.of("$T.RELU", Types.ACTIVATION)
        : CodeBlock.of("$T.NONE", Types.ACTIVATION);
  }

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
      parts.add(CodeBlock.of(part.placeholder() ? "$L" : "$S", text));
    }
    return CodeBlock.join(parts, " + ");
  }

  /** Returns a window. */
  static CodeBlock window(Window window) {
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

  /** Returns a unit's part of the name of a constant. */
  static String constant(String prefix, String id) {
    return prefix + "_" + id.toUpperCase(Locale.ROOT);
  }
}
