package dev.lanewise.cli;

import dev.lanewise.cli.ConfigFile.ConfigException;
import dev.lanewise.cli.ConfigFile.Entry;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.model.error.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command with the options that {@code --config} and {@code --recipe} name, beside those of
 * the command line, which win; then the file of {@code --config} does, which may name the recipe. A
 * training that is resumed has those by which it saved and recorded. All come by the same way: a
 * file's are parsed as if they had been typed.
 */
final class ConfiguredCommand implements IExecutionStrategy {
  private static final String CONFIG = "--config";
  private static final String RECIPE = "--recipe";
  private static final String RESUME = "--resume";
  private static final String EPOCHS = "--epochs";

  /** What picocli says before the words of our converters. */
  private static final Pattern INVALID =
      Pattern.compile("Invalid value for option '[^']*'(?: \\([^)]*\\))?: ");

  private static final Pattern OPTION = Pattern.compile("--([a-z-]+)");

  private final Main main;
  private final IExecutionStrategy next;

  /**
   * Runs a command by another strategy.
   *
   * @param main is told what was typed
   */
  ConfiguredCommand(Main main, IExecutionStrategy next) {
    this.main = main;
    this.next = next;
  }

  @Override
  public int execute(ParseResult parsed) {
    main.setArguments(parsed.originalArgs());
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    CommandLine line = command.commandSpec().commandLine();
    if (command.isUsageHelpRequested() || command.isVersionHelpRequested()) {
      return next.execute(parsed);
    }
    List<ConfigFile> files = files(line, command);
    if (files.isEmpty()) {
      return next.execute(parsed);
    }
    CommandLine trial = Main.newCommandLine();
    Map<String, Added> added = new LinkedHashMap<>();
    List<String> arguments = new ArrayList<>(parsed.originalArgs());
    for (ConfigFile file : files) {
      for (Entry entry : file.entries()) {
        if (isRecipe(line, entry)) {
          continue;
        }
        OptionSpec option = option(line, file, entry);
        if (ConfigValue.isNull(entry.value())) {
          continue;
        }
        String argument = argument(trial, line, file, entry, option);
        if (!command.hasMatchedOption(option)
            && added.putIfAbsent(entry.key(), new Added(file, entry)) == null) {
          arguments.add(argument);
        }
      }
    }
    CommandLine root = parsed.commandSpec().commandLine();
    try {
      return next.execute(root.parseArgs(arguments.toArray(String[]::new)));
    } catch (ParameterException e) {
      throw located(e, added);
    }
  }

  /** An entry that became an option, and its file. */
  private record Added(ConfigFile file, Entry entry) {}

  /** Returns the files whose options hold, what wins first. */
  private static List<ConfigFile> files(CommandLine line, ParseResult command) {
    Path config = command.matchedOptionValue(CONFIG, null);
    String recipe = command.matchedOptionValue(RECIPE, null);
    Path resume = command.matchedOptionValue(RESUME, null);
    List<ConfigFile> files = new ArrayList<>();
    try {
      if (config != null) {
        files.add(ConfigFile.read(config));
      }
      if (recipe != null) {
        files.add(ConfigFile.ofRecipe(recipe));
      } else if (config != null) {
        recipeIn(line, files.getFirst()).ifPresent(files::add);
      }
      if (resume != null && !command.hasMatchedOption(EPOCHS)) {
        files.add(ConfigFile.ofStopped(resume));
      }
    } catch (ConfigException | ModelException | ModelFileException e) {
      throw new ParameterException(line, e.getMessage(), e);
    }
    return files;
  }

  /** Returns the recipe that a configuration names; empty where it names none. */
  private static Optional<ConfigFile> recipeIn(CommandLine line, ConfigFile file) {
    for (Entry entry : file.entries()) {
      if (isRecipe(line, entry) && !ConfigValue.isNull(entry.value())) {
        OptionSpec option = line.getCommandSpec().findOption(RECIPE);
        try {
          String argument = ConfigValue.argument(option, entry.value());
          return Optional.of(ConfigFile.ofRecipe(argument.substring(RECIPE.length() + 1)));
        } catch (IllegalArgumentException e) {
          throw mistake(line, file, entry, entry.key() + " " + e.getMessage());
        } catch (ModelException e) {
          throw mistake(line, file, entry, e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  /** A recipe is no setting of its own, but a file of them. */
  private static boolean isRecipe(CommandLine line, Entry entry) {
    return RECIPE.equals("--" + entry.key()) && line.getCommandSpec().findOption(RECIPE) != null;
  }

  /** Returns the option that an entry names. */
  private static OptionSpec option(CommandLine line, ConfigFile file, Entry entry) {
    OptionSpec option = line.getCommandSpec().findOption("--" + entry.key());
    if (option == null
        || !option.longestName().equals("--" + entry.key())
        || !Configuration.isSetting(option)) {
      throw mistake(line, file, entry, "unknown key '" + entry.key() + "'" + similar(line, entry));
    }
    return option;
  }

  private static String similar(CommandLine line, Entry entry) {
    CommandSpec spec = line.getCommandSpec();
    UnmatchedArgumentException unmatched =
        new UnmatchedArgumentException(line, List.of("--" + entry.key()));
    return unmatched.getSuggestions().stream()
        .map(spec::findOption)
        .filter(option -> option != null && Configuration.isSetting(option))
        .findFirst()
        .map(option -> "; did you mean '" + Configuration.key(option) + "'?")
        .orElse("; it is the name of an option without its dashes that is required");
  }

  /**
   * Returns an entry as an argument that the command line understands.
   *
   * @param trial parses it by itself
   */
  private static String argument(
      CommandLine trial, CommandLine line, ConfigFile file, Entry entry, OptionSpec option) {
    try {
      String argument = ConfigValue.argument(option, entry.value());
      trial.parseArgs(line.getCommandName(), argument);
      return argument;
    } catch (IllegalArgumentException e) {
      throw mistake(line, file, entry, entry.key() + " " + e.getMessage());
    } catch (ParameterException e) {
      String words = INVALID.matcher(e.getMessage()).replaceFirst("");
      String start = words.startsWith("requires") ? " " : ": ";
      throw mistake(line, file, entry, entry.key() + start + words);
    }
  }

  /** Says in which line of a file the option stands that a mistake is about. */
  private static ParameterException located(ParameterException e, Map<String, Added> added) {
    for (String name : names(e)) {
      Added from = added.get(name);
      if (from != null) {
        return mistake(e.getCommandLine(), from.file(), from.entry(), e.getMessage());
      }
    }
    return e;
  }

  /** Returns the names of the options that a mistake is about, without dashes. */
  private static List<String> names(ParameterException e) {
    List<String> names = new ArrayList<>();
    ArgSpec arg = e.getArgSpec();
    if (arg instanceof OptionSpec option) {
      names.add(Configuration.key(option));
    }
    Matcher matcher = OPTION.matcher(e.getMessage());
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static ParameterException mistake(
      CommandLine line, ConfigFile file, Entry entry, String message) {
    return new ParameterException(line, file.at(entry) + message);
  }
}
