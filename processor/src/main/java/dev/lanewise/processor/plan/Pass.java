package dev.lanewise.processor.plan;

import java.util.List;

/**
 * A pass over a block and its plan.
 *
 * @param actions what the plan method does
 * @param steps what the pass does
 * @param result the tensor, or the view of one, that the pass hands on; null where it hands on none
 */
public record Pass(List<Action> actions, List<Step> steps, Value.Named result) {
  /** Copies the lists. */
  public Pass {
    actions = List.copyOf(actions);
    steps = List.copyOf(steps);
  }

  /** Returns whether a layer takes part: in a step, or in a view or a shape that the plan makes. */
  public boolean needs(Value.Layer layer) {
    return uses(layer) || actions.stream().anyMatch(action -> needs(action, layer));
  }

  private static boolean needs(Action action, Value.Layer layer) {
    return switch (action) {
      case Action.Make make -> make.view().make().mentions(layer);
      case Action.Acquire acquire ->
          switch (acquire.tensor().shape()) {
            case TensorShape.Same same -> false;
            case TensorShape.Output output -> output.layer().equals(layer);
            case TensorShape.Rows rows -> rows.layer().equals(layer);
          };
      case Action.Release release -> false;
    };
  }

  /** Returns whether a step's call is made on a value or is given it. */
  public boolean uses(Value value) {
    return steps.stream().anyMatch(step -> step.call().mentions(value));
  }
}
