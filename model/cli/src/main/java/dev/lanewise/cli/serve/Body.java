package dev.lanewise.cli.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads the body of a request. */
final class Body {
  private static final int CHUNK = 1 << 16;

  /**
   * How many times of what a body may have is read of one that nobody wants, so that the client has
   * sent it all and hears why.
   */
  private static final int DISCARDED = 4;

  private Body() {}

  /**
   * Reads to the end.
   *
   * @param most bytes
   * @param ticket of the request
   * @param length what the request says of it; null where it does not
   * @throws Refusal where there are more bytes, or no room for them, or they do not all come
   */
  static byte[] read(InputStream in, int most, String length, Admission.Ticket ticket) {
    // The JDK's server has seen to it that it is a number.
    if (length != null && Long.parseLong(length) > most) {
      throw tooLarge(most);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    try {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (body.size() + n > most) {
          throw tooLarge(most);
        }
        ticket.reserve(n);
        body.write(chunk, 0, n);
      }
    } catch (IOException e) {
      throw new Refusal(
          Status.BAD_REQUEST, "a request requires a whole body, got one cut off or of bad chunks");
    }
    return body.toByteArray();
  }

  private static Refusal tooLarge(int most) {
    return new Refusal(
        Status.CONTENT_TOO_LARGE, "a request requires a body of at most " + most + " bytes");
  }

  /**
   * Reads to the end what nobody wants to know, up to a size.
   *
   * @param most bytes that a body may have
   */
  static void discard(InputStream in, int most) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long left = (long) DISCARDED * most;
    for (int n = in.read(chunk); n >= 0 && left > 0; n = in.read(chunk)) {
      left -= n;
    }
  }
}
