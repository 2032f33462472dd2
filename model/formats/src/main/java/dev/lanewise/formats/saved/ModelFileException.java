package dev.lanewise.formats.saved;

/** A model file that cannot be read or written; the message is one sentence for the user. */
public final class ModelFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message the sentence for the user
   */
  public ModelFileException(String message) {
    super(message);
  }

  /**
   * Says what is wrong, and what it came from.
   *
   * @param message the sentence for the user
   * @param cause what was thrown below
   */
  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
