package dev.lanewise.processor.plan;

import dev.lanewise.processor.plan.Value.Tensor;
import dev.lanewise.processor.plan.Value.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When the tensors and views of a class live: a tensor is acquired before the first step that uses
 * it, itself or through a view, and released after the last.
 */
final class Lifetimes {
  private final Set<Tensor> alive = new LinkedHashSet<>();
  private final Set<View> made = new HashSet<>();

  /** Takes over a tensor that the caller of the plan has acquired. */
  void takeOver(Tensor tensor) {
    alive.add(tensor);
  }

  /**
   * Plans a pass that releases nothing: what it makes waits for a later pass.
   *
   * @param result what the pass hands on
   * @param steps its steps
   * @param lastViews views that no step uses, but the block above
   */
  Pass keepingAll(Value.Named result, List<Step> steps, List<View> lastViews) {
    List<Action> actions = new ArrayList<>();
    for (Step step : steps) {
      begin(step, actions);
    }
    for (View view : lastViews) {
      use(view, actions);
    }
    return new Pass(actions, steps, result);
  }

  /**
   * Plans a pass that releases all tensors that live before it or in it, less its result.
   *
   * @param result what the pass hands on; null for nothing
   * @param steps its steps
   */
  Pass releasingAllBut(Value.Named result, List<Step> steps) {
    Set<Tensor> kept =
        result instanceof View view
            ? tensorsOf(view.make())
            : result instanceof Tensor tensor ? Set.of(tensor) : Set.of();
    Map<Tensor, Integer> lastUse = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (Tensor tensor : tensorsOf(steps.get(i).call())) {
        lastUse.put(tensor, i);
      }
    }
    List<Action> actions = new ArrayList<>();
    for (Tensor tensor : List.copyOf(alive)) {
      if (!lastUse.containsKey(tensor) && !kept.contains(tensor)) {
        release(tensor, null, actions);
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      begin(step, actions);
      for (Tensor tensor : tensorsOf(step.call())) {
        // What the class was given without owning it, as x in training, is never alive.
        if (alive.contains(tensor) && lastUse.get(tensor) == i && !kept.contains(tensor)) {
          release(tensor, step.call(), actions);
        }
      }
    }
    if (result != null) {
      use(result, actions);
    }
    return new Pass(actions, steps, result);
  }

  private void begin(Step step, List<Action> actions) {
    step.call().values().forEach(value -> use(value, actions));
  }

  private void use(Value value, List<Action> actions) {
    if (value instanceof View view && made.add(view)) {
      view.make().values().forEach(under -> use(under, actions));
      actions.add(new Action.Make(view));
    } else if (value instanceof Tensor tensor && tensor.shape() != null && alive.add(tensor)) {
      actions.add(new Action.Acquire(tensor));
    }
  }

  private void release(Tensor tensor, Call lastUse, List<Action> actions) {
    alive.remove(tensor);
    actions.add(new Action.Release(tensor, lastUse));
  }

  /** Returns the tensors that a call uses, itself or through views. */
  static Set<Tensor> tensorsOf(Call call) {
    Set<Tensor> tensors = new LinkedHashSet<>();
    for (Value value : call.values()) {
      if (value instanceof View view) {
        tensors.addAll(tensorsOf(view.make()));
      } else if (value instanceof Tensor tensor) {
        tensors.add(tensor);
      }
    }
    return tensors;
  }
}
