package dev.lanewise.processor.reader;

import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/** Tells types that are compiled now, into which messages can point, from those of class files. */
final class Source {
  private Source() {}

  /** Returns whether a type is compiled now. */
  static boolean has(Elements elements, TypeElement type) {
    try {
      return elements.getFileObjectOf(type).getKind() == JavaFileObject.Kind.SOURCE;
    } catch (UnsupportedOperationException e) {
      return true;
    }
  }
}
