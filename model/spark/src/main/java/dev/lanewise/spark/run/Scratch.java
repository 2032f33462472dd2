package dev.lanewise.spark.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of this machine that are needed for a while. */
public final class Scratch {
  private Scratch() {}

  /**
   * Removes a folder with all that it holds.
   *
   * @param folder may be missing
   * @throws IOException where it cannot be removed
   */
  public static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> inside = Files.walk(folder)) {
      files = inside.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
