package dev.lanewise.processor.reader;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/** Reports mistakes where they are made, each once. */
public final class Problems {
  private final Messager messager;
  private final TreePositions positions;
  private final Set<String> reported = new HashSet<>();
  private int count;

  /** Starts without problems. */
  public Problems(ProcessingEnvironment environment) {
    messager = environment.getMessager();
    positions = TreePositions.of(environment);
  }

  /**
   * Reports a mistake.
   *
   * @param place where it is made
   * @param subject what is wrong
   * @param required what would be right
   * @param got what is there
   */
  void report(Place place, String subject, String required, Object got) {
    report(place, subject + ": requires " + required + ", got " + got);
  }

  /** Reports a mistake. */
  void report(Place place, String message) {
    count++;
    if (!reported.add(place.key() + " " + message)) {
      return;
    }
    if (positions != null && positions.report(place, message)) {
      return;
    }
    messager.printMessage(
        Diagnostic.Kind.ERROR, message, place.element(), place.annotation(), place.value());
  }

  /** Reports a type of which a value could not be read. */
  public void unresolved(TypeElement type) {
    report(
        Place.of(type),
        type.getSimpleName()
            + " was not read: requires annotation values that can be resolved, got"
            + " one that cannot");
  }

  /** Reports that a class to be generated exists. */
  public void taken(TypeElement network, String className) {
    report(
        Place.of(network),
        "generated class " + className,
        "a name that is free",
        "a class of that name in the package");
  }

  /** Reports that a class could not be written. */
  public void notWritten(TypeElement network, String className, IOException cause) {
    report(
        Place.of(network), "class " + className + " could not be written: " + cause.getMessage());
  }

  /** Returns the number of reports so far, repeated ones included. */
  int count() {
    return count;
  }
}
