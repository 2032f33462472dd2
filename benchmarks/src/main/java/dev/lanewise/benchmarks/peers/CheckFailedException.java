package dev.lanewise.benchmarks.peers;

/** A contender does not compute what it should; the message says what was wanted and got. */
public class CheckFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates the exception with its one sentence. */
  public CheckFailedException(String message) {
    super(message);
  }
}
