package dev.lanewise.processor.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A call in generated code.
 *
 * @param receiver what it is made on
 * @param method the method's name
 * @param arguments what it is given
 */
public record Call(Value receiver, String method, List<Value> arguments) {
  /** Copies the list. */
  public Call {
    arguments = List.copyOf(arguments);
  }

  /** Returns a call with its arguments in a row. */
  static Call of(Value receiver, String method, Value... arguments) {
    return new Call(receiver, method, List.of(arguments));
  }

  /** Returns whether a value is the receiver or an argument. */
  public boolean mentions(Value value) {
    return receiver.equals(value) || arguments.contains(value);
  }

  /** Returns all values that the call works with: the arguments, then the receiver. */
  List<Value> values() {
    List<Value> values = new ArrayList<>(arguments);
    values.add(receiver);
    return values;
  }
}
