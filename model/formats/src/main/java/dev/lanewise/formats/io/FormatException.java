package dev.lanewise.formats.io;

/** A file that lacks something or has it in a wrong form; the message completes a sentence. */
public final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FormatException(String message) {
    super(message);
  }

  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
