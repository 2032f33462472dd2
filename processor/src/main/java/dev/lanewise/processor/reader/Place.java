package dev.lanewise.processor.reader;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/**
 * Where something is said in a source file.
 *
 * @param element the annotated type
 * @param annotation the outermost annotation; null for the type itself
 * @param value the value within it; null for the annotation itself
 * @param index which of the type's annotations of this kind it is, in the order of the file
 * @param path the way from the annotation to the value: names of members and indices into arrays
 * @param origin the type from which the value is taken, where it does not stand at this place;
 *     empty where it does
 */
record Place(
    Element element,
    AnnotationMirror annotation,
    AnnotationValue value,
    int index,
    List<Object> path,
    String origin) {
  Place {
    path = List.copyOf(path);
  }

  /** Returns the place of a type. */
  static Place of(Element element) {
    return new Place(element, null, null, 0, List.of(), "");
  }

  /** Returns the place of an annotation on a type. */
  static Place of(Element element, AnnotationMirror annotation, int index) {
    return new Place(element, annotation, null, index, List.of(), "");
  }

  /** Returns this place for a value that is not said here, but by another type. */
  Place takenFrom(String type) {
    return new Place(element, annotation, value, index, path, type);
  }

  /**
   * Returns the place of a value one step further in; this one for what is taken from elsewhere.
   */
  Place within(AnnotationValue inner, Object step) {
    if (!origin.isEmpty()) {
      return this;
    }
    List<Object> steps = new ArrayList<>(path);
    steps.add(step);
    return new Place(element, annotation, inner, index, steps, "");
  }

  /** Returns a text that is the same for equal places. */
  String key() {
    return element
        + " "
        + (annotation == null ? "" : annotation.getAnnotationType())
        + index
        + path;
  }
}
