package dev.lanewise.processor.plan;

import java.util.List;

/**
 * A pass over a block and its plan.
 *
 * @param actions what the plan method does
 * @param steps what the pass does
 */
public record Pass(List<Action> actions, List<Step> steps) {
  /** Copies the lists. */
  public Pass {
    actions = List.copyOf(actions);
    steps = List.copyOf(steps);
  }

  /** Returns whether a step mentions a name. */
  public boolean uses(String name) {
    return steps.stream().anyMatch(step -> step.call().mentions(name));
  }
}
