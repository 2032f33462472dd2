package dev.lanewise.cli;

import dev.lanewise.formats.SecondNames;
import dev.lanewise.model.error.ModelException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Saves a model again and again to one file, and keeps the other model that was there at first: as
 * {@code model.1.h5} beside {@code model.h5}, or with the next number that is free.
 */
final class ModelSaver {
  private final Consumer<Path> model;
  private final Path file;
  private boolean keeps;

  /**
   * Prepares to save.
   *
   * @param model writes the model to a file
   * @param keeps whether the file holds a model that is to be kept
   */
  ModelSaver(Consumer<Path> model, Path file, boolean keeps) {
    this.model = model;
    this.file = file;
    this.keeps = keeps;
  }

  /** Returns the file that the model in a file's place is to be kept as. */
  static Path keptAs(Path file) {
    for (int number = 1; ; number++) {
      Path kept = SecondNames.marked(file, "." + number);
      if (SecondNames.isFree(kept)) {
        return kept;
      }
    }
  }

  /**
   * Saves the model as it is.
   *
   * @return where it is
   * @throws ModelException where the model that was there cannot be kept; nothing is saved then
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be written; what
   *     was there stays
   */
  Path save() {
    if (!keeps) {
      model.accept(file);
      return file;
    }
    // The model that was there gets a second name first, and loses its own to the new one at once
    // when that is whole: it is never without a name, however this ends.
    Path kept = keep();
    try {
      model.accept(file);
    } catch (RuntimeException | Error e) {
      delete(kept, e);
      throw e;
    }
    keeps = false;
    return file;
  }

  /** Returns where the model goes. */
  Path file() {
    return file;
  }

  /** Returns where it goes, and what becomes of the model that is kept, for the user. */
  String text() {
    String place = file.toAbsolutePath().normalize().toString();
    return keeps
        ? place + ", and keeps the model that is there as " + keptAs(file).getFileName()
        : place;
  }

  private Path keep() {
    try {
      while (true) {
        Path kept = keptAs(file);
        try {
          SecondNames.keep(file, kept);
          return kept;
        } catch (FileAlreadyExistsException e) {
          // Another program took the name meanwhile.
        }
      }
    } catch (IOException e) {
      throw new ModelException(
          "cannot keep the model in " + file + " beside it (--overwrite does not): " + e, e);
    }
  }

  private static void delete(Path kept, Throwable failure) {
    try {
      SecondNames.remove(kept);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
