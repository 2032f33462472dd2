package dev.lanewise.processor.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;

/** An annotation with its values and their places. Each read throws {@link UnreadableException}. */
final class Annotation {
  private final Elements elements;
  private final AnnotationMirror mirror;
  private final Place place;

  private Annotation(Elements elements, AnnotationMirror mirror, Place place) {
    this.elements = elements;
    this.mirror = mirror;
    this.place = place;
  }

  /** Returns the annotations of a type on an element, in the order of the file. */
  static List<Annotation> allOn(Elements elements, Element element, Class<?> type) {
    List<Annotation> found = new ArrayList<>();
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (isA(mirror, type.getCanonicalName())) {
        found.add(
            new Annotation(
                elements, mirror, new Place(element, mirror, null, found.size(), List.of())));
      } else if (isA(mirror, type.getCanonicalName() + "s")) {
        // The container of a repeated annotation.
        var container =
            new Annotation(elements, mirror, new Place(element, mirror, null, 0, List.of()));
        for (Annotation inner : container.annotations("value")) {
          Place at = new Place(element, inner.mirror, null, found.size(), List.of());
          found.add(new Annotation(elements, inner.mirror, at));
        }
      }
    }
    return found;
  }

  private static boolean isA(AnnotationMirror mirror, String canonicalName) {
    return ((TypeElement) mirror.getAnnotationType().asElement())
        .getQualifiedName()
        .contentEquals(canonicalName);
  }

  /** Returns where the annotation stands. */
  Place place() {
    return place;
  }

  /** Returns where a member's value stands; the annotation's place where it is not given. */
  Place at(String member) {
    return given(member) ? place.within(value(member), member) : place;
  }

  /** Returns where an element of an array stands. */
  Place at(String member, int index) {
    Place array = at(member);
    return given(member) ? array.within(values(member).get(index), index) : array;
  }

  /** Returns whether a member is given, rather than left at its default. */
  boolean given(String member) {
    return mirror.getElementValues().keySet().stream()
        .anyMatch(key -> key.getSimpleName().contentEquals(member));
  }

  String text(String member) {
    return as(String.class, value(member), member);
  }

  int number(String member) {
    return as(Integer.class, value(member), member);
  }

  long longNumber(String member) {
    return as(Long.class, value(member), member);
  }

  double real(String member) {
    return as(Double.class, value(member), member);
  }

  boolean flag(String member) {
    return as(Boolean.class, value(member), member);
  }

  char letter(String member) {
    return as(Character.class, value(member), member);
  }

  List<Integer> numbers(String member) {
    List<Integer> numbers = new ArrayList<>();
    for (AnnotationValue value : values(member)) {
      numbers.add(as(Integer.class, value, member));
    }
    return numbers;
  }

  <E extends Enum<E>> E choice(String member, Class<E> type) {
    String name = as(VariableElement.class, value(member), member).getSimpleName().toString();
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new UnreadableException(member);
    }
  }

  TypeElement type(String member) {
    DeclaredType type = as(DeclaredType.class, value(member), member);
    if (type.getKind() != TypeKind.DECLARED) {
      throw new UnreadableException(member);
    }
    return (TypeElement) type.asElement();
  }

  Annotation annotation(String member) {
    AnnotationMirror inner = as(AnnotationMirror.class, value(member), member);
    return new Annotation(elements, inner, at(member));
  }

  List<Annotation> annotations(String member) {
    List<Annotation> inner = new ArrayList<>();
    List<? extends AnnotationValue> values = values(member);
    for (int i = 0; i < values.size(); i++) {
      inner.add(
          new Annotation(
              elements, as(AnnotationMirror.class, values.get(i), member), at(member, i)));
    }
    return inner;
  }

  private List<? extends AnnotationValue> values(String member) {
    List<AnnotationValue> values = new ArrayList<>();
    for (Object value : as(List.class, value(member), member)) {
      values.add((AnnotationValue) value);
    }
    return values;
  }

  private AnnotationValue value(String member) {
    Map<? extends ExecutableElement, ? extends AnnotationValue> values =
        elements.getElementValuesWithDefaults(mirror);
    for (var entry : values.entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(member)) {
        return entry.getValue();
      }
    }
    throw new UnreadableException(member);
  }

  private static <T> T as(Class<T> type, AnnotationValue value, String member) {
    // An erroneous value is a text, whatever type it should have.
    Object content = value.getValue();
    if (!type.isInstance(content) || content.equals("<error>")) {
      throw new UnreadableException(member);
    }
    return type.cast(content);
  }
}
