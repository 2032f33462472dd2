package dev.lanewise.cli;

import dev.lanewise.model.training.Schedule;
import dev.lanewise.model.training.Watch;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** A command's options at their values, as a YAML text that {@link ConfigFile} reads. */
final class Configuration {
  /** How each text begins. */
  static final String HEADER = "# Lanewise ";

  /** Where a model remembers the configuration of its training. */
  static final String NOTE = "configuration";

  /** What says how to run, and not what. */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          "--help",
          "--version",
          "--config",
          "--recipe",
          "--print-config",
          WorkersOptions.WORKERS,
          WorkersOptions.RANK,
          WorkersOptions.SECRET,
          WorkersOptions.WIRE);

  /** What an option's description says of its default, up to the sentence's end. */
  private static final Pattern DEFAULT = Pattern.compile("Default: (.*?)(?:\\.(?: |$)|$)");

  private static final Dump YAML =
      new Dump(
          DumpSettings.builder()
              .setSchema(new CoreSchema())
              .setDefaultFlowStyle(FlowStyle.FLOW)
              .setMultiLineFlow(false)
              .setWidth(Integer.MAX_VALUE)
              .setSplitLines(false)
              .build());

  private Configuration() {}

  /** Returns whether an option is a setting, which may stand in a configuration. */
  static boolean isSetting(OptionSpec option) {
    return !NO_SETTINGS.contains(option.longestName());
  }

  /** Returns the name of an option in a configuration. */
  static String key(OptionSpec option) {
    return option.longestName().substring(2);
  }

  /**
   * Returns the configuration of a command that was parsed.
   *
   * @param usual what holds where nothing else is asked for, by the options' names
   */
  static String of(CommandSpec spec, Map<String, Object> usual) {
    ParseResult parsed = spec.commandLine().getParseResult();
    String program = spec.root().name();
    StringBuilder text =
        new StringBuilder(HEADER)
            .append(Main.Version.text())
            .append(
                String.format(Locale.ROOT, ", for '%s %s --config FILE'%n", program, spec.name()));
    for (OptionSpec option : spec.options()) {
      if (isSetting(option)) {
        boolean given = parsed.hasMatchedOption(option) || option.type() == boolean.class;
        Object value = given ? option.getValue() : usual.get(option.longestName());
        text.append(line(option, value));
      }
    }
    return text.toString();
  }

  private static String line(OptionSpec option, Object value) {
    if (value == null || value instanceof Collection<?> several && several.isEmpty()) {
      return String.format(Locale.ROOT, "%s: null%s%n", key(option), usual(option));
    }
    return String.format(
        Locale.ROOT, "%s: %s%n", key(option), YAML.dumpToString(plain(value)).strip());
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Boolean yes -> yes;
      case Number number -> number;
      case List<?> several -> several.stream().map(Configuration::plain).toList();
      case Path path -> path.toAbsolutePath().normalize().toString();
      case Schedule schedule -> schedule.text();
      case Watch watch -> watch.text();
      case PreprocessingOption preprocessing -> preprocessing.text();
      case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT);
      default -> value.toString();
    };
  }

  /** Returns a comment that says what holds then; nothing where that is not said. */
  private static String usual(OptionSpec option) {
    Matcher matcher = DEFAULT.matcher(String.join(" ", option.description()));
    return matcher.find() ? "  # default: " + matcher.group(1) : "";
  }
}
