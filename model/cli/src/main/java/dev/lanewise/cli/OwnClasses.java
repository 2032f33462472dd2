package dev.lanewise.cli;

import dev.lanewise.model.error.ModelException;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs a command where {@link java.util.ServiceLoader} sees the networks and data formats of a
 * user's own jars.
 */
final class OwnClasses implements IExecutionStrategy {
  /** The environment variable that stands in for the option. */
  static final String VARIABLE = "LANEWISE_CLASS_PATH";

  private final Main main;

  OwnClasses(Main main) {
    this.main = main;
  }

  @Override
  public int execute(ParseResult parsed) {
    CommandLine line = parsed.commandSpec().commandLine();
    String option = main.classPath();
    String path = option == null ? System.getenv(VARIABLE) : option;
    if (path == null || path.isEmpty()) {
      return run(parsed);
    }
    URL[] urls = urls(line, option == null ? VARIABLE : Main.CLASS_PATH, path);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls, Main.class.getClassLoader())) {
      thread.setContextClassLoader(loader);
      return run(parsed);
    } catch (IOException e) {
      throw new ExecutionException(line, e.getMessage(), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Help texts list networks, too, and fail where one cannot be used. */
  private static int run(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } catch (ModelException e) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
    }
  }

  /** Reads a class path as the JVM does: jars and folders, and all jars of a folder for a star. */
  private static URL[] urls(CommandLine line, String source, String path) {
    List<URL> urls = new ArrayList<>();
    for (String entry : path.split(File.pathSeparator)) {
      boolean all =
          entry.equals("*") || entry.endsWith("/*") || entry.endsWith(File.separator + "*");
      Path file = Path.of(all ? entry.substring(0, entry.length() - 1) : entry);
      if (all ? !Files.isDirectory(file) : !Files.exists(file)) {
        throw new ParameterException(
            line, source + " requires jars or folders that exist, got '" + entry + "'");
      }
      try {
        requireJar(line, source, file);
        for (Path jar : all ? jars(file) : List.of(file)) {
          urls.add(jar.toUri().toURL());
        }
      } catch (MalformedURLException e) {
        throw new ParameterException(line, source + ": " + e.getMessage(), e);
      } catch (IOException e) {
        throw new ParameterException(
            line, source + ": folder " + file + " cannot be read: " + e.getMessage(), e);
      }
    }
    return urls.toArray(URL[]::new);
  }

  /** The JVM would take no class from a file that is none, and say nothing. */
  private static void requireJar(CommandLine line, String source, Path file) {
    if (Files.isDirectory(file)) {
      return;
    }
    try (ZipFile jar = new ZipFile(file.toFile())) {
      jar.size();
    } catch (IOException e) {
      throw new ParameterException(
          line, source + " requires jars or folders, and " + file + " is no jar", e);
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
