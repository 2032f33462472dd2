package dev.lanewise.cli.serve;

import java.time.Duration;

/**
 * What requests may take.
 *
 * @param bytes of a request's body, at most
 * @param pixels of an image, at most
 * @param requests that are worked on, or wait, at the same time
 * @param time of a request, from its body's first byte to the answer
 */
public record Limits(int bytes, long pixels, int requests, Duration time) {
  /** Images of one request, at most. */
  static final int IMAGES = 100;
}
