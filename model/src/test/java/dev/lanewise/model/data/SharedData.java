package dev.lanewise.model.data;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the data of others that tests read and the repository does not hold. */
final class SharedData {
  private SharedData() {}

  /** Returns a path below the shared folder; without that folder the test is skipped or fails. */
  static Path path(String first, String... more) {
    return root().resolve("data").resolve(Path.of(first, more));
  }

  private static Path root() {
    String named = System.getenv("LANEWISE_SHARED");
    if (named != null) {
      return Path.of(named);
    }
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      Path shared = p.resolveSibling("shared");
      if (Files.isDirectory(shared.resolve("data"))) {
        return shared;
      }
    }
    String message =
        "the shared data folder is missing: set LANEWISE_SHARED, or put it beside the project";
    return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
  }
}
