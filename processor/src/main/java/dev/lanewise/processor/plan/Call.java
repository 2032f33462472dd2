package dev.lanewise.processor.plan;

import java.util.List;

/**
 * A call in generated code.
 *
 * @param receiver a layer, tensor or view by its name; or a class, which starts with a capital
 * @param method the method's name
 * @param arguments names, or short expressions
 */
public record Call(String receiver, String method, List<String> arguments) {
  /** Copies the list. */
  public Call {
    arguments = List.copyOf(arguments);
  }

  /** Returns a call. */
  public static Call of(String receiver, String method, String... arguments) {
    return new Call(receiver, method, List.of(arguments));
  }

  /** Returns whether a name is the receiver or an argument. */
  public boolean mentions(String name) {
    return receiver.equals(name) || arguments.contains(name);
  }

  @Override
  public String toString() {
    return receiver + "." + method + "(" + String.join(", ", arguments) + ")";
  }
}
