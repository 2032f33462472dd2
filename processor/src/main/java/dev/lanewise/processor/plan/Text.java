package dev.lanewise.processor.plan;

import dev.lanewise.spec.Activation;
import java.util.Locale;

/** Words of the comments in generated code. */
public final class Text {
  private Text() {}

  /** Returns how comments call an activation at the end of a chain; empty for none. */
  public static String arrow(Activation activation) {
    return activation == Activation.NONE ? "" : " -> " + name(activation);
  }

  /** Returns how comments call an activation of a thing: {@code "relu(bn2a)"}. */
  static String of(Activation activation, Value.Named inner) {
    return activation == Activation.NONE ? inner.name() : name(activation) + "(" + inner + ")";
  }

  /** Returns an activation's name in lower case: {@code "leaky_relu"}. */
  static String name(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }
}
