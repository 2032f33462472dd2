package dev.lanewise.cli;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.model.error.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of option values that would otherwise fail late. */
final class OptionChecks {
  /** Bytes of a file in which its first key or its root stands. */
  private static final int START = 1000;

  /** Nothing learns by more than 10, and Adam and layers' factors multiply it. */
  private static final double MOST_RATE = 1e6;

  private OptionChecks() {}

  /** Refuses a count below a least value; null, for an option not given, passes. */
  static void atLeast(CommandSpec spec, String option, Integer value, int least) {
    if (value != null && value < least) {
      throw new ParameterException(
          spec.commandLine(),
          option + " requires a number of at least " + least + ", got " + value);
    }
  }

  /** Refuses a number outside [from, to); null, for an option not given, passes. */
  static void within(CommandSpec spec, String option, Double value, double from, double to) {
    if (value != null && !(value >= from && value < to)) {
      String wanted =
          to == Double.POSITIVE_INFINITY
              ? "a finite number of at least " + plain(from)
              : "a number from " + plain(from) + " to below " + plain(to);
      throw new ParameterException(
          spec.commandLine(), option + " requires " + wanted + ", got " + value);
    }
  }

  /** Refuses a number that is not positive and finite; null, for an option not given, passes. */
  static void positive(CommandSpec spec, String option, Double value) {
    if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new ParameterException(
          spec.commandLine(), option + " requires a positive, finite number, got " + value);
    }
  }

  /** Refuses a number that is not above another option's. */
  static void above(CommandSpec spec, String option, double value, String other, double least) {
    if (!(value > least)) {
      throw new ParameterException(
          spec.commandLine(),
          option + " requires a number above " + least + ", which is " + other + ", got " + value);
    }
  }

  /**
   * Refuses a learning rate that is not positive, or beyond what float32 can work with; null, for
   * an option not given, passes.
   */
  static void learningRate(CommandSpec spec, String option, Double value) {
    positive(spec, option, value);
    if (value != null && value > MOST_RATE) {
      throw new ParameterException(
          spec.commandLine(),
          option + " requires a number of at most " + plain(MOST_RATE) + ", got " + value);
    }
  }

  /**
   * Returns what comes of an option's value.
   *
   * @throws ParameterException where nothing does, saying why in the words of what was thrown
   */
  static <T> T valid(CommandSpec spec, String option, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException | ModelException e) {
      throw new ParameterException(
          spec.commandLine(), of(option, e.getMessage()), e, spec.findOption(option), null);
    }
  }

  /** Returns a message that begins with an option's name, and does not say it a second time. */
  private static String of(String option, String message) {
    String name = option.substring(2).replace("bn", "batch_norm").replaceAll("[-_]", "[-_ ]");
    Matcher again = Pattern.compile(name + " (?=requires? )").matcher(message);
    return again.lookingAt()
        ? option + " requires" + message.substring(again.end()).replaceFirst("requires?", "")
        : option + ": " + message;
  }

  /** Refuses an option that was given with {@code --resume}, where the file decides. */
  static void notWithResume(CommandSpec spec, String option, boolean given, Path resume) {
    if (given) {
      throw new ParameterException(
          spec.commandLine(),
          option + " does not go with --resume: it is what " + resume + " says");
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /**
   * Refuses a file that could not be written later: by trying, since permissions alone do not tell.
   */
  static void writable(CommandSpec spec, String option, Path file) {
    Path target = file.toAbsolutePath().normalize();
    Path folder = target.getParent();
    if (Files.isDirectory(target) || folder == null) {
      throw new ParameterException(
          spec.commandLine(), option + " requires a file, got the folder " + file);
    }
    if (!Files.isDirectory(folder)) {
      throw new ParameterException(
          spec.commandLine(),
          option + " requires a file in a folder that exists, got no folder at " + folder);
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new ParameterException(
          spec.commandLine(), option + " requires a regular file, got " + file);
    }
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw new ParameterException(
          spec.commandLine(), option + " requires a file that may be written, got " + file);
    }
    try {
      Files.delete(Files.createTempFile(folder, ".lanewise", ".tmp"));
    } catch (IOException e) {
      throw new ModelException(
          "cannot write " + file + " (" + option + "): the folder " + folder + " takes no files",
          e);
    }
  }

  /** Refuses to overwrite a file that is neither empty nor a model, and names of other formats. */
  static void replacesModel(CommandSpec spec, String option, Path file) {
    ModelFiles.checkPlace(file);
    if (isFilled(file) && !ModelFiles.isModel(file)) {
      throw new ParameterException(
          spec.commandLine(),
          option
              + " requires a new file or a model of Lanewise to replace, and "
              + file
              + " is another file");
    }
  }

  /** Refuses to overwrite a file that is neither empty nor a history. */
  static void replacesHistory(CommandSpec spec, String option, Path file) {
    if (isFilled(file) && !startsAsHistory(file)) {
      throw new ParameterException(
          spec.commandLine(),
          option
              + " requires a new file or a history to replace, and "
              + file
              + " is another file");
    }
  }

  /** Refuses to overwrite a file that is neither empty nor a log. */
  static void replacesLog(CommandSpec spec, String option, Path file) {
    if (isFilled(file) && !start(file).startsWith("{\"event\": ")) {
      throw new ParameterException(
          spec.commandLine(),
          option + " requires a new file or a log to go on with, and " + file + " is another file");
    }
  }

  /** Refuses a name that does not end as those of a kind of files do. */
  static void ends(CommandSpec spec, String option, Path file, String ending) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(ending)) {
      throw new ParameterException(
          spec.commandLine(), option + " requires a name that ends in " + ending + ", got " + file);
    }
  }

  /** Refuses one file for two options. */
  static void differ(CommandSpec spec, String one, Path file, String other, Path otherFile) {
    if (file.toAbsolutePath().normalize().equals(otherFile.toAbsolutePath().normalize())) {
      throw new ParameterException(
          spec.commandLine(),
          one + " and " + other + " require two files, got " + file + " for both");
    }
  }

  /** Whether a file exists and holds anything. */
  static boolean isFilled(Path file) {
    return file.toFile().length() > 0;
  }

  private static boolean startsAsHistory(Path file) {
    String start = start(file).stripLeading();
    return start.startsWith("{") && start.contains("\"epoch\"");
  }

  /** Returns how a file starts; nothing where it cannot be read. */
  private static String start(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(START), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
