package dev.lanewise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's Markdown files. */
final class Documents {
  /** The project's folder. */
  static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\n(.*?)^```");

  private Documents() {}

  /** Returns the files at the top, in {@code docs} and of the benchmarks. */
  static List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of(".", "docs", "benchmarks")) {
      try (Stream<Path> inside = Files.list(ROOT.resolve(folder).normalize())) {
        inside.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  static String read(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the blocks of Java code of a file. */
  static List<String> java(Path file) {
    return JAVA.matcher(read(file)).results().map(found -> found.group(1)).toList();
  }
}
