package dev.lanewise.cli.serve;

import java.time.Duration;

/**
 * What requests may take.
 *
 * @param bytes of a request's body, at most
 * @param pixels of an image, at most
 * @param requests that are worked on, or wait, at the same time
 * @param time that a client may take for the head of a request, and the request from there to the
 *     answer
 * @param connections that are open at the same time; further ones are closed at once
 */
public record Limits(int bytes, long pixels, int requests, Duration time, int connections) {
  /** Images of one request, at most. */
  static final int IMAGES = 100;
}
