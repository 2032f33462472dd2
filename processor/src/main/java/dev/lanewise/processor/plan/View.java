package dev.lanewise.processor.plan;

import java.util.List;

/**
 * An object over tensors that a plan makes once, so that the passes allocate nothing.
 *
 * @param type simple name of its class: Operand, Epilogue or Join
 * @param name its name
 * @param make what makes it
 * @param over the tensors whose values it reads or, a join, writes
 */
public record View(String type, String name, Call make, List<String> over) {
  /** Copies the list. */
  public View {
    over = List.copyOf(over);
  }
}
