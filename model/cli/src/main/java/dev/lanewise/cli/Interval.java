package dev.lanewise.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How often something is done.
 *
 * @param time between two times; zero where steps count
 * @param steps between two times; 0 where time counts
 */
record Interval(Duration time, long steps) {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(s|m|h|steps)");

  static final Interval MINUTE = new Interval(Duration.ofMinutes(1), 0);

  /** Reads {@code 30s}, {@code 10m}, {@code 2h} or {@code 500steps}. */
  static final class Converter implements ITypeConverter<Interval> {
    @Override
    public Interval convert(String value) {
      Matcher form = FORM.matcher(value);
      if (!form.matches()) {
        throw new TypeConversionException(
            "requires a form like 30s, 10m, 2h or 500steps, got '" + value + "'");
      }
      long number = Long.parseLong(form.group(1));
      return switch (form.group(2)) {
        case "s" -> new Interval(Duration.ofSeconds(number), 0);
        case "m" -> new Interval(Duration.ofMinutes(number), 0);
        case "h" -> new Interval(Duration.ofHours(number), 0);
        default -> new Interval(Duration.ZERO, number);
      };
    }
  }
}
