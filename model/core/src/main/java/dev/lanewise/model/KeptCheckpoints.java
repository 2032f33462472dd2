package dev.lanewise.model;

import dev.lanewise.formats.SecondNames;
import dev.lanewise.model.error.ModelException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The last files of a model that was saved again and again to one place, each under a name of its
 * own beside it. An older one is removed once a newer one is there, and only where it still is what
 * was written: the model's notes remember that from one run of the program to the next.
 */
final class KeptCheckpoints {
  /** The note: a line for each file, the oldest first. */
  private static final String NOTE = "checkpoints";

  private final int most;
  private final Map<String, String> notes;
  private final Consumer<String> warnings;
  private final Deque<Entry> entries = new ArrayDeque<>();

  /**
   * A file that was written.
   *
   * @param file where it is
   * @param size in bytes
   * @param millis when it was written, as the file system says
   */
  private record Entry(Path file, long size, long millis) {
    static Entry of(Path file) throws IOException {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return new Entry(file, is.size(), is.lastModifiedTime().toMillis());
    }

    static Optional<Entry> parse(String line) {
      String[] parts = line.split(" ", 3);
      try {
        return Optional.of(
            new Entry(Path.of(parts[2]), Long.parseLong(parts[0]), Long.parseLong(parts[1])));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        return Optional.empty();
      }
    }

    String line() {
      return size + " " + millis + " " + file;
    }

    boolean isUnchanged() {
      try {
        return Files.isRegularFile(file) && equals(of(file));
      } catch (IOException e) {
        return false;
      }
    }
  }

  /**
   * Goes on with the files that a model's notes tell of.
   *
   * @param most how many are kept; at least 1
   * @param notes the model's, which files keep
   * @param warnings takes one line for each older file that cannot be removed
   */
  KeptCheckpoints(int most, Map<String, String> notes, Consumer<String> warnings) {
    if (most < 1) {
      throw new ModelException("keeping checkpoints requires a number of at least 1, got " + most);
    }
    this.most = most;
    this.notes = notes;
    this.warnings = warnings;
    notes
        .getOrDefault(NOTE, "")
        .lines()
        .map(Entry::parse)
        .flatMap(Optional::stream)
        .forEach(entries::add);
  }

  /**
   * Keeps a file that was saved completely.
   *
   * @param saved where the next save goes, too
   * @param mark what its name gets: {@code "epoch003"}
   * @return its own name
   * @throws ModelException where it cannot be kept; nothing is removed then
   */
  Path keep(Path saved, String mark) {
    Path kept;
    try {
      kept = link(saved.toAbsolutePath().normalize(), mark);
      entries.add(Entry.of(kept));
    } catch (IOException e) {
      throw new ModelException("cannot keep " + saved + " as a checkpoint beside it: " + e, e);
    }
    while (entries.size() > most) {
      remove(entries.removeFirst());
    }
    notes.put(NOTE, entries.stream().map(Entry::line).collect(Collectors.joining("\n")));
    return kept;
  }

  /** Gives a model a second name that none has: the next save leaves it that one. */
  private static Path link(Path saved, String mark) throws IOException {
    for (int number = 0; ; number++) {
      Path kept = SecondNames.marked(saved, "-" + (number == 0 ? mark : mark + "." + number));
      try {
        SecondNames.keep(saved, kept);
        return kept;
      } catch (FileAlreadyExistsException e) {
        // Another training's, which stays.
      }
    }
  }

  private void remove(Entry old) {
    if (!old.isUnchanged()) {
      return;
    }
    try {
      SecondNames.remove(old.file());
    } catch (IOException e) {
      warnings.accept("cannot remove the older checkpoint " + old.file() + ": " + e);
    }
  }
}
