package dev.lanewise.train;

import java.util.ArrayList;
import java.util.List;

/** An optimiser's state arrays: none until the first step, then one of each name. */
final class SlotArrays {
  private final String optimizer;
  private final List<String> names;
  private List<Optimizer.Slot> slots = List.of();

  SlotArrays(String optimizer, String... names) {
    this.optimizer = optimizer;
    this.names = List.of(names);
  }

  List<Optimizer.Slot> slots() {
    return slots;
  }

  float[] values(int slot) {
    return slots.get(slot).values();
  }

  /**
   * Allocates zeros where there is no state yet. An array as long as the parameters' lies in memory
   * as that one does.
   */
  void allocate(int length) {
    if (slots.size() == names.size()) {
      // By index: an iterator would be an allocation in each step.
      for (int i = 0; i < slots.size(); i++) {
        checkLength(values(i).length, length);
      }
      return;
    }
    List<Optimizer.Slot> zeros = new ArrayList<>();
    for (String name : names) {
      zeros.add(new Optimizer.Slot(name, new float[length]));
    }
    slots = List.copyOf(zeros);
  }

  private void checkLength(int held, int got) {
    if (held != got) {
      throw new IllegalArgumentException(
          optimizer
              + " holds the state of "
              + held
              + " parameters and requires as many, got "
              + got);
    }
  }

  /** Takes over copies of saved arrays; none is a state too, that before the first step. */
  void restore(long iterations, List<Optimizer.Slot> saved) {
    if (iterations < 0) {
      throw new IllegalArgumentException("a number of steps must be 0 or more, got " + iterations);
    }
    List<String> savedNames = saved.stream().map(Optimizer.Slot::name).toList();
    boolean untouched = iterations == 0 && saved.isEmpty();
    if (!savedNames.equals(names) && !untouched) {
      throw new IllegalArgumentException(
          "the state of "
              + optimizer
              + " after "
              + iterations
              + " steps is "
              + names
              + ", got "
              + savedNames);
    }
    long lengths = saved.stream().mapToInt(slot -> slot.values().length).distinct().count();
    if (lengths > 1) {
      throw new IllegalArgumentException(
          "the state arrays of " + optimizer + " must be of one length");
    }
    slots =
        saved.stream().map(slot -> new Optimizer.Slot(slot.name(), slot.values().clone())).toList();
  }
}
