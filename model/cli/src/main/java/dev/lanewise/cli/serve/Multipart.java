package dev.lanewise.cli.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a form, as browsers and curl's {@code -F} send them: multipart/form-data. */
final class Multipart {
  private static final String TYPE = "multipart/form-data";

  /** RFC 2046, 5.1.1: 1 to 70 characters, quoted where some of them require it. */
  private static final Pattern BOUNDARY =
      Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\",]{1,70}))", 2);

  private static final Pattern FILE_NAME =
      Pattern.compile(";\\s*filename=\"((?:[^\"\\\\]|\\\\.)*)\"", 2);

  private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};
  private static final int MOST_HEADERS = 8192;

  private final byte[] body;
  private final byte[] delimiter;
  private final List<Upload> files = new ArrayList<>();

  private Multipart(byte[] body, byte[] delimiter) {
    this.body = body;
    this.delimiter = delimiter;
  }

  /** Returns whether a content type is that of a form. */
  static boolean is(String contentType) {
    return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(TYPE);
  }

  /**
   * Returns the files of a form, in order; other fields are passed over.
   *
   * @throws Refusal where the body is no such form
   */
  static List<Upload> files(String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw new Refusal(Status.BAD_REQUEST, TYPE + " requires a boundary, got " + contentType);
    }
    String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    Multipart form = new Multipart(body, ("--" + text).getBytes(StandardCharsets.ISO_8859_1));
    form.read();
    return form.files;
  }

  /** Parts lie between delimiters at the starts of lines; the last has two hyphens behind it. */
  private void read() {
    int at = find(delimiter, 0, body.length);
    while (at >= 0) {
      int from = at + delimiter.length;
      if (startsAt(from, "--")) {
        return;
      }
      if (!startsAt(from, "\r\n")) {
        break;
      }
      int next = find(delimiter, from, body.length);
      while (next >= 0 && !startsAt(next - 2, "\r\n")) {
        next = find(delimiter, next + 1, body.length);
      }
      if (next >= 0) {
        part(from, next - 2);
      }
      at = next;
    }
    throw new Refusal(
        Status.BAD_REQUEST, "the body is no " + TYPE + " of its boundary, or was cut off");
  }

  private void part(int from, int to) {
    int headers = find(END_OF_HEADERS, from, Math.min(to, from + MOST_HEADERS));
    if (headers < 0) {
      throw new Refusal(Status.BAD_REQUEST, "a part of the form requires headers and a blank line");
    }
    String text = new String(body, from, headers - from, StandardCharsets.UTF_8);
    for (String header : text.split("\r\n")) {
      Matcher name = FILE_NAME.matcher(header);
      if (header.toLowerCase(Locale.ROOT).startsWith("content-disposition:") && name.find()) {
        int begin = headers + END_OF_HEADERS.length;
        files.add(new Upload(name.group(1), Arrays.copyOfRange(body, begin, Math.max(begin, to))));
      }
    }
  }

  private boolean startsAt(int at, String text) {
    return at >= 0
        && at + 2 <= body.length
        && body[at] == text.charAt(0)
        && body[at + 1] == text.charAt(1);
  }

  /** Returns where bytes are found first in [from, to) of the body; -1 where they are not. */
  private int find(byte[] wanted, int from, int to) {
    for (int at = from; at + wanted.length <= to; at++) {
      if (Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }
}
