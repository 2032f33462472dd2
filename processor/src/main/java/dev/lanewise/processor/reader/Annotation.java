package dev.lanewise.processor.reader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** An annotation with its values and their places. Each read throws {@link UnreadableException}. */
final class Annotation {
  private final TypeElement type;
  private final Map<String, Given> own;
  private final Place place;
  private final Annotation model;

  /**
   * A member's value.
   *
   * @param value the value
   * @param place where it stands
   * @param first where it is a part of an array, the index of its first element
   */
  private record Given(AnnotationValue value, Place place, int first) {}

  private Annotation(TypeElement type, Map<String, Given> own, Place place, Annotation model) {
    this.type = type;
    this.own = own;
    this.place = place;
    this.model = model;
  }

  private static Annotation of(AnnotationMirror mirror, Place place) {
    Map<String, Given> own = new LinkedHashMap<>();
    for (var entry : mirror.getElementValues().entrySet()) {
      String member = entry.getKey().getSimpleName().toString();
      own.put(member, new Given(entry.getValue(), place.within(entry.getValue(), member), 0));
    }
    return new Annotation((TypeElement) mirror.getAnnotationType().asElement(), own, place, null);
  }

  /** Returns an annotation that gives nothing, and stands for one that is not there. */
  static Annotation empty(Elements elements, Class<?> type, Place place) {
    return new Annotation(elements.getTypeElement(type.getCanonicalName()), Map.of(), place, null);
  }

  /** Returns the annotations of a type on an element, in the order of the file. */
  static List<Annotation> allOn(Element element, Class<?> type) {
    List<Annotation> found = new ArrayList<>();
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (isA(mirror, type.getCanonicalName())) {
        found.add(of(mirror, Place.of(element, mirror, found.size())));
      } else if (isA(mirror, type.getCanonicalName() + "s")) {
        // The container of a repeated annotation.
        for (AnnotationValue inner : of(mirror, Place.of(element)).values("value")) {
          AnnotationMirror one = as(AnnotationMirror.class, inner, "value");
          found.add(of(one, Place.of(element, one, found.size())));
        }
      }
    }
    return found;
  }

  /** Returns the annotation of a type on an element, or null where there is none. */
  static Annotation on(Element element, Class<?> type) {
    List<Annotation> found = allOn(element, type);
    return found.isEmpty() ? null : found.get(0);
  }

  private static boolean isA(AnnotationMirror mirror, String canonicalName) {
    return ((TypeElement) mirror.getAnnotationType().asElement())
        .getQualifiedName()
        .contentEquals(canonicalName);
  }

  /** Returns this annotation, which takes the members that it does not give from another one. */
  Annotation completedBy(Annotation other) {
    return new Annotation(type, own, place, other.takenAt(place));
  }

  /** Returns this annotation as one that is said elsewhere and taken over at a place. */
  Annotation takenAt(Place at) {
    String origin =
        place.origin().isEmpty() ? place.element().getSimpleName().toString() : place.origin();
    Place taken = at.takenFrom(origin);
    Map<String, Given> moved = new LinkedHashMap<>();
    own.forEach((member, given) -> moved.put(member, new Given(given.value, taken, given.first)));
    return new Annotation(type, moved, taken, model == null ? null : model.takenAt(at));
  }

  /** Returns this annotation with an element of another's array as a value of its own. */
  Annotation with(String member, Annotation other, String array, int index) {
    return with(member, new Given(other.values(array).get(index), other.at(array, index), 0));
  }

  /** Returns this annotation with a part of another's array as a value of its own. */
  Annotation with(String member, Annotation other, String array, int from, int to) {
    AnnotationValue part = new ArrayPart(other.values(array).subList(from, to));
    return with(member, new Given(part, other.at(array), from));
  }

  private Annotation with(String member, Given given) {
    Map<String, Given> more = new LinkedHashMap<>(own);
    more.put(member, given);
    return new Annotation(type, more, place, model);
  }

  /** Returns where the annotation stands. */
  Place place() {
    return place;
  }

  /** Returns where a member's value stands; the annotation's place where it is not given. */
  Place at(String member) {
    Given given = find(member);
    return given == null ? place : given.place;
  }

  /** Returns where an element of an array stands. */
  Place at(String member, int index) {
    Given given = find(member);
    return given == null
        ? place
        : given.place.within(values(member).get(index), given.first + index);
  }

  private Given find(String member) {
    Given given = own.get(member);
    return given != null || model == null ? given : model.find(member);
  }

  /** Returns whether a member is given, here or where it is taken from, not left at its default. */
  boolean given(String member) {
    return find(member) != null;
  }

  /** Returns whether a member is given here. */
  boolean givenHere(String member) {
    return own.containsKey(member);
  }

  /** Returns whether a member is given here, or at least nearer than another one. */
  boolean givenNearer(String member, String other) {
    if (own.containsKey(member) || own.containsKey(other)) {
      return !own.containsKey(other);
    }
    return model != null && model.givenNearer(member, other);
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

  /** Returns the number of elements of an array. */
  int size(String member) {
    return values(member).size();
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
    return of(as(AnnotationMirror.class, value(member), member), at(member));
  }

  List<Annotation> annotations(String member) {
    List<Annotation> inner = new ArrayList<>();
    List<? extends AnnotationValue> values = values(member);
    for (int i = 0; i < values.size(); i++) {
      inner.add(of(as(AnnotationMirror.class, values.get(i), member), at(member, i)));
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
    Given given = find(member);
    if (given != null) {
      return given.value;
    }
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      if (method.getSimpleName().contentEquals(member) && method.getDefaultValue() != null) {
        return method.getDefaultValue();
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
