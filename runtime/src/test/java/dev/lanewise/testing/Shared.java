package dev.lanewise.testing;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of real images and of files that others made, which lies outside the project: given by
 * the environment variable {@code LANEWISE_SHARED}, else a folder {@code shared} beside the
 * project.
 */
public final class Shared {
  private static final String VARIABLE = "LANEWISE_SHARED";

  private Shared() {}

  /**
   * Returns a file of the folder. Where the folder or the file is absent the calling test fails if
   * the environment says {@code CI=true}, and is skipped otherwise.
   *
   * @param path parts of the path below the folder: {@code "data", "signs"}
   */
  public static Path file(String... path) {
    Path folder = folder();
    Path file = folder == null ? null : folder.resolve(Path.of("", path));
    if (file != null && Files.exists(file)) {
      return file;
    }
    String absent =
        file == null
            ? "no folder 'shared' with 'data' beside the project; name it by " + VARIABLE
            : "no file " + file;
    if ("true".equals(System.getenv("CI"))) {
      fail(absent);
    }
    Assumptions.abort(absent);
    throw new AssertionError(absent);
  }

  private static Path folder() {
    String named = System.getenv(VARIABLE);
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path shared = at.resolveSibling("shared");
      if (Files.isDirectory(shared.resolve("data"))) {
        return shared;
      }
    }
    return null;
  }
}
