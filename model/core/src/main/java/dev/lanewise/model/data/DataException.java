package dev.lanewise.model.data;

import java.util.Locale;

/**
 * Says in one sentence, fit to be shown to the user, what is wrong with a data set or an image: the
 * file, what was wanted and what was got.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param message the sentence for the user
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause, which is for developers: the message must do without it.
   *
   * @param message the sentence for the user
   * @param cause what was thrown below
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns an exception with a formatted message, the same in every locale. */
  static DataException of(String format, Object... values) {
    return new DataException(String.format(Locale.ROOT, format, values));
  }
}
