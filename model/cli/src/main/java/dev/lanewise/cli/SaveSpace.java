package dev.lanewise.cli;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Whether there is room for the model that a training saves. */
final class SaveSpace {
  private static final long MIB = 1 << 20;

  /** Parameters, and two values of each that an optimiser keeps. */
  private static final int SETS = 3;

  /** What names and texts take. */
  private static final long SLACK = MIB;

  private SaveSpace() {}

  /**
   * Returns what is wrong, as a sentence; empty where there is room. An older file makes none: it
   * stays until the new one is whole.
   */
  static Optional<String> lack(Model model, Path file) {
    long parameters = model.network().parameters().stream().mapToLong(Parameter::size).sum();
    long wanted = SETS * Float.BYTES * parameters + SLACK;
    try {
      return lack(file, wanted, Files.getFileStore(folder(file)).getUsableSpace());
    } catch (IOException e) {
      // Not every file system tells.
      return Optional.empty();
    }
  }

  /** As the other, of bytes; a file system that does not know what is free says 0 or less. */
  static Optional<String> lack(Path file, long wanted, long usable) {
    if (usable <= 0 || usable >= wanted) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "saving to %s takes about %d MiB, and %s has %d MiB left",
            file,
            Math.ceilDiv(wanted, MIB),
            folder(file),
            usable / MIB));
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().normalize().getParent();
  }
}
