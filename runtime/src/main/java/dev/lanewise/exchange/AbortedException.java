package dev.lanewise.exchange;

import java.io.IOException;

/** Another worker has told that the group does not form. */
final class AbortedException extends IOException {
  private static final long serialVersionUID = 1;

  private final int teller;
  private final transient byte[] reason;

  AbortedException(int teller, byte[] reason) {
    super("the group does not form");
    this.teller = teller;
    this.reason = reason;
  }

  /** The rank of the worker that found it. */
  int teller() {
    return teller;
  }

  /** Why, in words. */
  byte[] reason() {
    return reason;
  }
}
