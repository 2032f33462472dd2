package dev.lanewise.processor.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors and views of a block, and when they live: a tensor is acquired before the first step
 * that uses it, itself or through a view, and released after the last.
 */
final class Lifetimes {
  private final Map<String, Call> shapes = new LinkedHashMap<>();
  private final Map<String, View> views = new LinkedHashMap<>();
  private final Set<String> alive = new LinkedHashSet<>();
  private final Set<String> made = new HashSet<>();

  /** Declares a tensor, and what returns its shape. */
  void tensor(String name, Call shape) {
    shapes.put(name, shape);
  }

  /** Declares a view. */
  void view(String type, String name, Call make, String... over) {
    views.put(name, new View(type, name, make, List.of(over)));
  }

  /** Takes over a tensor that the caller of the plan has acquired. */
  void takeOver(String name) {
    alive.add(name);
  }

  /** Plans a pass that releases nothing: what it makes waits for a later pass. */
  Pass keepingAll(List<Step> steps, String... lastViews) {
    List<Action> actions = new ArrayList<>();
    for (Step step : steps) {
      begin(step, actions);
    }
    for (String view : lastViews) {
      use(view, actions);
    }
    return new Pass(actions, steps);
  }

  /** Plans a pass that releases all tensors that live before it or in it, less those named. */
  Pass releasingAllBut(Collection<String> kept, List<Step> steps) {
    Map<String, Integer> lastUse = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (String tensor : tensorsOf(steps.get(i))) {
        lastUse.put(tensor, i);
      }
    }
    List<Action> actions = new ArrayList<>();
    for (String tensor : List.copyOf(alive)) {
      if (!lastUse.containsKey(tensor) && !kept.contains(tensor)) {
        release(tensor, "", actions);
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      begin(step, actions);
      for (String tensor : tensorsOf(step)) {
        if (alive.contains(tensor) && lastUse.get(tensor) == i && !kept.contains(tensor)) {
          release(tensor, step.call().receiver() + "." + step.call().method(), actions);
        }
      }
    }
    return new Pass(actions, steps);
  }

  private void begin(Step step, List<Action> actions) {
    step.call().arguments().forEach(name -> use(name, actions));
    use(step.call().receiver(), actions);
  }

  private void use(String name, List<Action> actions) {
    View view = views.get(name);
    if (view != null && made.add(name)) {
      view.over().forEach(tensor -> use(tensor, actions));
      actions.add(new Action.Make(view));
    } else if (shapes.containsKey(name) && alive.add(name)) {
      actions.add(new Action.Acquire(name, shapes.get(name)));
    }
  }

  private void release(String tensor, String lastUse, List<Action> actions) {
    alive.remove(tensor);
    actions.add(new Action.Release(tensor, lastUse));
  }

  private Set<String> tensorsOf(Step step) {
    Set<String> tensors = new LinkedHashSet<>();
    List<String> names = new ArrayList<>(step.call().arguments());
    names.add(step.call().receiver());
    for (String name : names) {
      View view = views.get(name);
      if (view != null) {
        tensors.addAll(view.over());
      } else {
        tensors.add(name);
      }
    }
    // What the block was given without owning it, as x in training, is neither.
    tensors.removeIf(name -> !shapes.containsKey(name) && !alive.contains(name));
    return tensors;
  }
}
