package dev.lanewise.benchmarks.peers;

/** What the caller can mend: an option, a file, a contender; the message says it in a sentence. */
class PeersException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PeersException(String message) {
    super(message);
  }

  PeersException(String message, Throwable cause) {
    super(message, cause);
  }
}
