package dev.lanewise.processor.reader;

/**
 * An annotation value that is missing, of the wrong type, or refers to a type that does not exist
 * (yet). The compiler itself reports it, unless another processor makes the type.
 */
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableException(String message) {
    super(message);
  }
}
