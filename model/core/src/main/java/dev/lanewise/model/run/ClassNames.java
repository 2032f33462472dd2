package dev.lanewise.model.run;

import dev.lanewise.model.error.ModelException;
import java.util.HashSet;
import java.util.List;

/** Checks the names of a model's classes. */
public final class ClassNames {
  private ClassNames() {}

  /**
   * Returns a copy of names that can be told apart.
   *
   * @throws ModelException where they are fewer than two, not distinct or blank
   */
  public static List<String> checked(List<String> names) {
    if (names.size() < 2) {
      throw new ModelException("a classifier requires at least 2 classes, got " + names.size());
    }
    if (new HashSet<>(names).size() < names.size() || names.stream().anyMatch(String::isBlank)) {
      throw new ModelException("every class requires a name of its own, got " + names);
    }
    return List.copyOf(names);
  }
}
