package dev.lanewise.model.run;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.HeadActivation;
import java.util.HashSet;
import java.util.List;

/** Checks the names of a model's classes. */
public final class ClassNames {
  private ClassNames() {}

  /**
   * Returns a copy of names that can be told apart.
   *
   * @param head what the network makes of its logits; with softmax one class alone says nothing
   * @throws ModelException where they are too few, not distinct or blank
   */
  public static List<String> checked(List<String> names, HeadActivation head) {
    if (head == HeadActivation.SOFTMAX && names.size() < 2) {
      throw new ModelException("a classifier requires at least 2 classes, got " + names.size());
    }
    if (names.isEmpty()) {
      throw new ModelException("a network requires at least 1 name of what it tells, got none");
    }
    if (new HashSet<>(names).size() < names.size() || names.stream().anyMatch(String::isBlank)) {
      throw new ModelException("every class requires a name of its own, got " + names);
    }
    return List.copyOf(names);
  }
}
