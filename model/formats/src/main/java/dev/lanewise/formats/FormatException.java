package dev.lanewise.formats;

/** A file that lacks something or has it in a wrong form; the message completes a sentence. */
final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FormatException(String message) {
    super(message);
  }

  FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
