package dev.lanewise.model.plot;

import java.util.Locale;

/** Large numbers as the table and the drawing show them. */
final class Amounts {
  private static final int THOUSAND = 1000;
  private static final int KIB = 1024;

  private Amounts() {}

  /** Returns a number with its thousands set apart: 23,600,006. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a count with three digits and a decimal prefix: 7.73 G. */
  static String count(long number) {
    return scaled(number, THOUSAND, new String[] {"", "k", "M", "G", "T", "P"});
  }

  /** Returns a size with three digits and a binary unit: 1.53 MiB. */
  static String bytes(long number) {
    return scaled(number, KIB, new String[] {"B", "KiB", "MiB", "GiB", "TiB", "PiB"});
  }

  private static String scaled(long number, int step, String[] units) {
    double value = number;
    int unit = 0;
    // What would be rounded up to a whole step is shown as one of the next unit.
    while (value >= step - 0.5 && unit < units.length - 1) {
      value /= step;
      unit++;
    }
    int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", value, units[unit]).strip();
  }
}
