package dev.lanewise.model.error;

/**
 * A mistake in the use of a model; the message is one sentence for the user that names what is
 * wrong, what was wanted and what was got.
 */
public class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message the sentence for the user
   */
  public ModelException(String message) {
    super(message);
  }

  /**
   * Says what is wrong, and what it came from.
   *
   * @param message the sentence for the user
   * @param cause what was thrown below
   */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
