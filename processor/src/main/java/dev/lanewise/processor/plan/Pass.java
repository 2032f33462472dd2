package dev.lanewise.processor.plan;

import java.util.List;

/**
 * A pass over a block and its plan.
 *
 * @param actions what the plan method does
 * @param steps what the pass does
 * @param result the tensor that the pass hands on; null where it hands on none
 */
public record Pass(List<Action> actions, List<Step> steps, Value.Tensor result) {
  /** Copies the lists. */
  public Pass {
    actions = List.copyOf(actions);
    steps = List.copyOf(steps);
  }

  /** Returns whether a step's call is made on a value or is given it. */
  public boolean uses(Value value) {
    return steps.stream().anyMatch(step -> step.call().mentions(value));
  }
}
