package dev.lanewise.cli.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads the body of a request. */
final class Body {
  private static final int CHUNK = 1 << 16;

  /**
   * How many times of what a body may have is read of one that has more, so that the client has
   * sent it all and hears of it.
   */
  private static final int DISCARDED = 4;

  private Body() {}

  /**
   * Reads to the end.
   *
   * @param most bytes
   * @param ticket of the request
   * @throws Refusal where there are more bytes, or no room for them
   */
  static byte[] read(InputStream in, int most, Admission.Ticket ticket) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    long total = 0;
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      total += n;
      if (total <= most) {
        ticket.reserve(n);
        body.write(chunk, 0, n);
      } else if (total > (long) DISCARDED * most) {
        break;
      }
    }
    if (total > most) {
      throw new Refusal(
          Status.CONTENT_TOO_LARGE, "a request requires a body of at most " + most + " bytes");
    }
    return body.toByteArray();
  }

  /** Reads to the end what nobody wants to know, up to a size. */
  static void discard(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long left = (long) DISCARDED << 20;
    for (int n = in.read(chunk); n >= 0 && left > 0; n = in.read(chunk)) {
      left -= n;
    }
  }
}
