package dev.lanewise.cli;

import dev.lanewise.exchange.Precision;
import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.model.training.OptimizerSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns option values into numbers and choices; what does not fit is told as wanted and got. */
final class Conversions {
  private Conversions() {}

  /** Registers the converters of a command line and its commands. */
  static void register(CommandLine line) {
    line.registerConverter(Path.class, Conversions::path);
    line.registerConverter(Integer.class, number("a whole number", Integer::valueOf));
    line.registerConverter(int.class, number("a whole number", Integer::valueOf));
    line.registerConverter(Long.class, number("a whole number", Long::valueOf));
    line.registerConverter(Double.class, number("a number", Double::valueOf));
    line.registerConverter(OptimizerSettings.Kind.class, choice(OptimizerSettings.Kind.values()));
    line.registerConverter(OnnxOptions.Layout.class, choice(OnnxOptions.Layout.values()));
    line.registerConverter(Precision.class, choice(Precision.values()));
    line.registerConverter(PreprocessingOption.class, PreprocessingOption::parse);
  }

  private static Path path(String value) {
    if (value.isEmpty()) {
      throw new TypeConversionException("requires a path, got ''");
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "requires a path in characters of this system's encoding, "
              + System.getProperty("sun.jnu.encoding")
              + ", got '"
              + value
              + "'; a locale with UTF-8 (LC_ALL=C.UTF-8) has all");
    }
  }

  private static <T> ITypeConverter<T> number(String wanted, Function<String, T> parser) {
    return value -> {
      try {
        return parser.apply(value);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("requires " + wanted + ", got '" + value + "'");
      }
    };
  }

  private static <E extends Enum<E>> ITypeConverter<E> choice(E[] choices) {
    String wanted =
        Arrays.stream(choices)
            .map(choice -> choice.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" or "));
    return value ->
        Arrays.stream(choices)
            .filter(choice -> choice.name().equalsIgnoreCase(value))
            .findFirst()
            .orElseThrow(
                () -> new TypeConversionException("requires " + wanted + ", got '" + value + "'"));
  }
}
