package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Files and folders that the documents name are there. */
class DocumentedPathsTest {
  /** A link's target, without the place inside of it; not an address of the web. */
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");

  /** Code that is the path of a file or folder of the project. */
  private static final Pattern PATH =
      Pattern.compile("`((?:runtime|processor|model|benchmarks|docs|\\.ci)/[\\w./-]*)`");

  /** What a build or a measurement makes. */
  private static final Pattern MADE = Pattern.compile(".*/(target|results)(/.*)?");

  @Test
  void exist() {
    List<String> missing = new ArrayList<>();
    for (Path file : Documents.files()) {
      String text = Documents.read(file);
      for (MatchResult link : LINK.matcher(text).results().toList()) {
        check(file, file.resolveSibling(link.group(1)), missing);
      }
      for (MatchResult path : PATH.matcher(text).results().toList()) {
        if (!MADE.matcher(path.group(1)).matches()) {
          check(file, Documents.ROOT.resolve(path.group(1)), missing);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static void check(Path file, Path named, List<String> missing) {
    if (!Files.exists(named)) {
      missing.add(Documents.ROOT.relativize(file) + " names " + named.normalize());
    }
  }
}
