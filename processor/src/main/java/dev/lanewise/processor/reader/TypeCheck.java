package dev.lanewise.processor.reader;

import java.util.Locale;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/** Checks that what declares a network or a block is a plain interface. */
final class TypeCheck {
  private final Problems problems;

  TypeCheck(Problems problems) {
    this.problems = problems;
  }

  /**
   * Checks a type.
   *
   * @param subject what it declares, for messages
   */
  void check(TypeElement type, String subject) {
    if (type.getKind() != ElementKind.INTERFACE) {
      String got = type.getKind().toString().toLowerCase(Locale.ROOT);
      problems.report(Place.of(type), subject, "an interface", "a type of kind " + got);
    }
    if (!type.getTypeParameters().isEmpty()) {
      problems.report(Place.of(type), subject, "no type parameters", type.getTypeParameters());
    }
  }
}
