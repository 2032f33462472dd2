package dev.lanewise.cli;

import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.model.Model;
import dev.lanewise.model.error.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Saves what a training came to, whatever it takes: where its place cannot be written, in another
 * one, and where none can, again and again until one can.
 */
final class LastSave {
  private static final long WAIT_MILLIS = 10_000;

  private final Model model;
  private final ModelSaver saver;
  private final Consumer<String> warnings;
  private final Signals signals;

  LastSave(Model model, ModelSaver saver, Consumer<String> warnings, Signals signals) {
    this.model = model;
    this.saver = saver;
    this.warnings = warnings;
    this.signals = signals;
  }

  /**
   * Saves the model.
   *
   * @return where it is
   * @throws ModelFileException where it is nowhere, and the program was asked to end
   */
  Path save() {
    while (true) {
      RuntimeException failure;
      try {
        return saver.save();
      } catch (ModelFileException | ModelException e) {
        failure = e;
      }
      for (String folder :
          List.of(System.getProperty("user.home"), System.getProperty("java.io.tmpdir"))) {
        Path other = free(Path.of(folder), saver.file().getFileName().toString());
        try {
          model.save(other);
          warnings.accept(failure.getMessage() + "; the model is saved to " + other + " instead");
          return other;
        } catch (ModelFileException e) {
          failure.addSuppressed(e);
        }
      }
      if (signals.received().isPresent()) {
        throw failure;
      }
      warnings.accept(
          failure.getMessage()
              + "; nor can it be saved in the home folder or the temporary one: make room there,"
              + " and it will be tried again every 10 s");
      try {
        Thread.sleep(WAIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure;
      }
    }
  }

  private static Path free(Path folder, String name) {
    Path path = folder.resolve(name);
    return Files.exists(path) ? ModelSaver.keptAs(path) : path;
  }
}
