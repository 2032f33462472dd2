package dev.lanewise.formats;

/**
 * Files were replaced by another save while they were looked for: they have to be looked for again.
 */
final class ReplacedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
