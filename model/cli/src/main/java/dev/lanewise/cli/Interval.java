package dev.lanewise.cli;

import dev.lanewise.model.Checkpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How often something is done.
 *
 * @param number of units between two times
 * @param unit what is counted
 */
record Interval(long number, Unit unit) {
  static final Interval MINUTE = new Interval(1, Unit.M);

  /** What is counted. */
  enum Unit {
    S,
    M,
    H,
    STEPS,
    EPOCHS;

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Pattern FORM =
      Pattern.compile(
          "([1-9][0-9]{0,8})("
              + Arrays.stream(Unit.values()).map(Unit::text).collect(Collectors.joining("|"))
              + ")");

  /** Reads {@code 30s}, {@code 10m}, {@code 2h}, {@code 500steps} or {@code 1epochs}. */
  static final class Converter implements ITypeConverter<Interval> {
    @Override
    public Interval convert(String value) {
      Matcher form = FORM.matcher(value);
      if (!form.matches()) {
        throw new TypeConversionException(
            "requires a form like 30s, 10m, 2h, 500steps or 1epochs, got '" + value + "'");
      }
      Unit unit = Unit.valueOf(form.group(2).toUpperCase(Locale.ROOT));
      return new Interval(Long.parseLong(form.group(1)), unit);
    }
  }

  /** Returns what saves a model so often. */
  Checkpoints checkpoints(Supplier<Path> save, Consumer<String> warnings) {
    return switch (unit) {
      case S -> Checkpoints.every(Duration.ofSeconds(number), save, warnings);
      case M -> Checkpoints.every(Duration.ofMinutes(number), save, warnings);
      case H -> Checkpoints.every(Duration.ofHours(number), save, warnings);
      case STEPS -> Checkpoints.everySteps(number, save, warnings);
      case EPOCHS -> Checkpoints.everyEpochs(number, save, warnings);
    };
  }

  @Override
  public String toString() {
    return number + unit.text();
  }
}
