package dev.lanewise.formats.io;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** The text of a lock file: who holds the lock, since when and on which machine. */
final class LockHolder {
  private static final String PROCESS = "process ";
  private static final String STARTED = "started ";
  private static final String BEGUN = "begun ";
  private static final String HOST = "host ";

  private LockHolder() {}

  /** Returns the text of the process that this code runs in. */
  static String self() {
    RunningProcess self = RunningProcess.current();
    return String.join(
        "\n",
        PROCESS + self.pid(),
        STARTED + Instant.ofEpochMilli(self.start()),
        BEGUN + Instant.now(),
        HOST + host(),
        "");
  }

  /**
   * Returns what a text says, as the end of a sentence: {@code ": process 1234, begun 14:02:11"};
   * nothing where it is not whole.
   */
  static String describe(String text) {
    String process = value(text, PROCESS);
    String host = value(text, HOST);
    try {
      String begun = clock(Instant.parse(value(text, BEGUN)));
      String where = host.isEmpty() || host.equals(host()) ? "" : " on " + host;
      return ": process " + process + where + ", begun " + begun;
    } catch (DateTimeParseException e) {
      // Its holder is only about to write it.
      return "";
    }
  }

  private static String value(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElse("");
  }

  /** Returns a moment as the user's clock shows it, with the date where that is another. */
  private static String clock(Instant moment) {
    ZonedDateTime then = moment.atZone(ZoneId.systemDefault());
    boolean today = then.toLocalDate().equals(ZonedDateTime.now(then.getZone()).toLocalDate());
    String pattern = today ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss";
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(then);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }
}
