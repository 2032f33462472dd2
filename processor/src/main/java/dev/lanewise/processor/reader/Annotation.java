package dev.lanewise.processor.reader;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/** An annotation with its values and their places. Each read throws {@link UnreadableException}. */
final class Annotation {
  private final Elements elements;
  private final AnnotationMirror mirror;
  private final Place place;
  private final Annotation model;

  private Annotation(Elements elements, AnnotationMirror mirror, Place place, Annotation model) {
    this.elements = elements;
    this.mirror = mirror;
    this.place = place;
    this.model = model;
  }

  /** Returns the annotations of a type on an element, in the order of the file. */
  static List<Annotation> allOn(Elements elements, Element element, Class<?> type) {
    List<Annotation> found = new ArrayList<>();
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (isA(mirror, type.getCanonicalName())) {
        Place at = Place.of(element, mirror, found.size());
        found.add(new Annotation(elements, mirror, at, null));
      } else if (isA(mirror, type.getCanonicalName() + "s")) {
        // The container of a repeated annotation.
        var container = new Annotation(elements, mirror, Place.of(element, mirror, 0), null);
        for (Annotation inner : container.annotations("value")) {
          Place at = Place.of(element, inner.mirror, found.size());
          found.add(new Annotation(elements, inner.mirror, at, null));
        }
      }
    }
    return found;
  }

  /** Returns the annotation of a type on an element, or null where there is none. */
  static Annotation on(Elements elements, Element element, Class<?> type) {
    List<Annotation> found = allOn(elements, element, type);
    return found.isEmpty() ? null : found.get(0);
  }

  private static boolean isA(AnnotationMirror mirror, String canonicalName) {
    return ((TypeElement) mirror.getAnnotationType().asElement())
        .getQualifiedName()
        .contentEquals(canonicalName);
  }

  /** Returns this annotation, which takes the members that it does not give from another one. */
  Annotation completedBy(Annotation other) {
    return new Annotation(elements, mirror, place, other.takenAt(place));
  }

  /** Returns this annotation as one that is said elsewhere and taken over at a place. */
  Annotation takenAt(Place at) {
    String origin =
        place.origin().isEmpty() ? place.element().getSimpleName().toString() : place.origin();
    return new Annotation(
        elements, mirror, at.takenFrom(origin), model == null ? null : model.takenAt(at));
  }

  /** Returns where the annotation stands. */
  Place place() {
    return place;
  }

  /** Returns where a member's value stands; the annotation's place where it is not given. */
  Place at(String member) {
    if (own(member) != null) {
      return place.within(own(member), member);
    }
    return given(member) ? model.at(member) : place;
  }

  /** Returns where an element of an array stands. */
  Place at(String member, int index) {
    Place array = at(member);
    return given(member) ? array.within(values(member).get(index), index) : array;
  }

  /** Returns whether a member is given, here or where it is taken from, not left at its default. */
  boolean given(String member) {
    return own(member) != null || model != null && model.given(member);
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

  /** Returns the type of a class literal, which may be an array's or a primitive one. */
  TypeMirror type(String member) {
    TypeMirror type = as(TypeMirror.class, value(member), member);
    if (type.getKind() == TypeKind.ERROR) {
      throw new UnreadableException(member);
    }
    return type;
  }

  Annotation annotation(String member) {
    AnnotationMirror inner = as(AnnotationMirror.class, value(member), member);
    return new Annotation(elements, inner, at(member), null);
  }

  List<Annotation> annotations(String member) {
    List<Annotation> inner = new ArrayList<>();
    List<? extends AnnotationValue> values = values(member);
    for (int i = 0; i < values.size(); i++) {
      AnnotationMirror one = as(AnnotationMirror.class, values.get(i), member);
      inner.add(new Annotation(elements, one, at(member, i), null));
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
    AnnotationValue own = own(member);
    if (own != null) {
      return own;
    }
    if (model != null && model.given(member)) {
      return model.value(member);
    }
    for (var entry : elements.getElementValuesWithDefaults(mirror).entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(member)) {
        return entry.getValue();
      }
    }
    throw new UnreadableException(member);
  }

  /** Returns the value that the annotation itself gives a member, or null. */
  private AnnotationValue own(String member) {
    for (var entry : mirror.getElementValues().entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(member)) {
        return entry.getValue();
      }
    }
    return null;
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
