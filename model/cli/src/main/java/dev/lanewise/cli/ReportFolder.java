package dev.lanewise.cli;

import dev.lanewise.formats.io.Replacement;
import dev.lanewise.model.error.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Folders into which a command writes. */
final class ReportFolder {
  private static final String PAGE = "index.html";
  private static final String CONFIGURATION = "config.yaml";

  /** Bytes of a page in which its generator stands. */
  private static final int START = 300;

  private ReportFolder() {}

  /** Finds out whether a page can go into a folder, which is made where it is not there. */
  static void check(CommandSpec spec, Path folder) {
    make(spec, "--report", folder);
    Path page = folder.resolve(PAGE);
    OptionChecks.writable(spec, "--report", page);
    if (OptionChecks.isFilled(page) && !isReport(page)) {
      throw new ParameterException(
          spec.commandLine(),
          "--report requires a folder without a page or with a report to replace, and "
              + page
              + " is another page");
    }
  }

  /** Finds out whether a training's configuration can go into a folder. */
  static void checkConfiguration(CommandSpec spec, Path folder) {
    Path file = folder.resolve(CONFIGURATION);
    OptionChecks.writable(spec, "--report", file);
    if (OptionChecks.isFilled(file) && !start(file).startsWith(Configuration.HEADER)) {
      throw new ParameterException(
          spec.commandLine(),
          "--report requires a folder without a configuration or with one that a report left, and "
              + file
              + " is another file");
    }
  }

  /**
   * Writes the configuration that repeats a training.
   *
   * @param text null where the training was begun without the command line
   */
  static void writeConfiguration(Path folder, String text) {
    if (text != null) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Replacement.write(folder.resolve(CONFIGURATION), "the configuration", bytes);
    }
  }

  /** Makes a folder where it is not there. */
  static void make(CommandSpec spec, String option, Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new ParameterException(
          spec.commandLine(), option + " requires a folder, got the file " + folder);
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ModelException("cannot make the folder " + folder + " (" + option + ")", e);
    }
  }

  /** Returns where the page is, for people. */
  static Path page(Path folder) {
    return folder.resolve(PAGE).toAbsolutePath().normalize();
  }

  private static boolean isReport(Path page) {
    return start(page).contains("name=\"generator\" content=\"Lanewise\"");
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
