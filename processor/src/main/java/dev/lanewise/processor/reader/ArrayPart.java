package dev.lanewise.processor.reader;

import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.AnnotationValueVisitor;

/**
 * A part of an array, as a value of its own.
 *
 * @param getValue its elements
 */
record ArrayPart(List<? extends AnnotationValue> getValue) implements AnnotationValue {
  ArrayPart {
    getValue = List.copyOf(getValue);
  }

  @Override
  public <R, P> R accept(AnnotationValueVisitor<R, P> visitor, P parameter) {
    return visitor.visitArray(getValue, parameter);
  }

  @Override
  public String toString() {
    return getValue.stream().map(Object::toString).collect(Collectors.joining(", ", "{", "}"));
  }
}
