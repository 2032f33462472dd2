package dev.lanewise.processor.reader;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Reports mistakes where they are made, each once, and warns of what is allowed but odd, where
 * {@code @SuppressWarnings("lanewise")} does not ask for silence.
 */
public final class Problems {
  private static final String SILENCE = "lanewise";

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
    print(Diagnostic.Kind.ERROR, place, message);
  }

  /**
   * Warns of something that has a meaning, but hardly the one that was meant.
   *
   * @param place where it is said
   * @param subject what is odd
   * @param effect what comes of it
   */
  void warn(Place place, String subject, String effect) {
    // What is taken from another type is that type's to be warned of.
    if (place.origin().isEmpty() && !silenced(place.element())) {
      print(Diagnostic.Kind.WARNING, place, subject + ": " + effect);
    }
  }

  private static boolean silenced(Element element) {
    for (Element one = element; one != null; one = one.getEnclosingElement()) {
      SuppressWarnings silence = one.getAnnotation(SuppressWarnings.class);
      if (silence != null && List.of(silence.value()).contains(SILENCE)) {
        return true;
      }
    }
    return false;
  }

  private void print(Diagnostic.Kind kind, Place place, String message) {
    String text =
        place.origin().isEmpty() ? message : message + " (taken from " + place.origin() + ")";
    if (!reported.add(place.key() + " " + text)) {
      return;
    }
    if (positions != null && positions.report(kind, place, text)) {
      return;
    }
    messager.printMessage(kind, text, place.element(), place.annotation(), place.value());
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
