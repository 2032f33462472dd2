package dev.lanewise.exchange;

/**
 * Why workers can no longer exchange. The message is for users: it names the worker by rank and
 * address and says what happened.
 */
public final class ExchangeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The rank of the worker that told of it; -1 where this worker found it. */
  private final int teller;

  /** What is told to the others. */
  private final String reason;

  ExchangeException(String message) {
    this(message, -1, message);
  }

  ExchangeException(String message, int teller, String reason) {
    super(message);
    this.teller = teller;
    this.reason = reason;
  }

  int teller() {
    return teller;
  }

  String reason() {
    return reason;
  }
}
