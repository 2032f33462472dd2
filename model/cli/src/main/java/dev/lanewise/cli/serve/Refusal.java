package dev.lanewise.cli.serve;

/** Says by status and sentence why a request is not answered. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * Creates a refusal.
   *
   * @param status of HTTP, from 400 to 599
   * @param sentence what was wrong, for whoever sent the request
   */
  Refusal(int status, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
