package dev.lanewise.exchange;

/** The other side of a connection is not one of this group's workers, or is not taken. */
final class StrangerException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean fatal;

  /**
   * One.
   *
   * @param message what it is or did, without a subject
   * @param fatal whether waiting for another is in vain
   */
  StrangerException(String message, boolean fatal) {
    super(message);
    this.fatal = fatal;
  }

  boolean isFatal() {
    return fatal;
  }
}
