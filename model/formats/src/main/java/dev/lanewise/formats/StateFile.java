package dev.lanewise.formats;

import dev.lanewise.formats.io.InputFile;
import dev.lanewise.formats.io.Replacement;
import dev.lanewise.formats.safetensors.SafetensorsReader;
import dev.lanewise.formats.safetensors.SafetensorsState;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The state of a training in a file beside its model's, whose own arrays are weights alone: {@code
 * w.state.safetensors} beside {@code w.safetensors}.
 *
 * <p>The model's file names the state by its fingerprint, so that no other one is taken for it. A
 * save writes the state to a hidden file first, then replaces the model's, and moves the state to
 * its place at last: however it ends, the state that the model's file names is in one of the two.
 */
final class StateFile {
  private static final String ENDING = ".state.safetensors";
  private static final String WHAT = "the state of the training";

  private final Path model;
  private final Path place;
  private final Path pending;

  /**
   * Finds the state's file of a model's, whether or not it is there.
   *
   * @param model a file of any name
   */
  StateFile(Path model) {
    this.model = model;
    Path file = real(model);
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String state = (dot > 0 ? name.substring(0, dot) : name) + ENDING;
    place = file.resolveSibling(state);
    pending = file.resolveSibling("." + state + ".next");
  }

  private static Path real(Path file) {
    try {
      return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    } catch (IOException e) {
      throw InputFile.failure(file, e.getMessage(), e);
    }
  }

  /** Returns whether a file's name is that of a state. */
  static boolean isName(Path path) {
    return path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
  }

  /** Returns where the state is when no save is under way. */
  Path place() {
    return place;
  }

  /**
   * Returns the file that holds a state.
   *
   * @param fingerprint the state's
   */
  Optional<Path> find(String fingerprint) {
    return List.of(place, pending).stream()
        .filter(file -> fingerprint(file).filter(fingerprint::equals).isPresent())
        .findFirst();
  }

  /** Returns the fingerprint of a file; empty where it is none with the state of a training. */
  private static Optional<String> fingerprint(Path file) {
    try {
      return InputFile.read(
          file,
          open -> {
            SafetensorsReader reader = new SafetensorsReader(open);
            return SafetensorsState.isState(reader)
                ? Optional.of(reader.fingerprint())
                : Optional.empty();
          });
    } catch (ModelFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Opens a state, uses it and closes its file.
   *
   * @param file where {@link #find} found it
   * @param fingerprint the state's
   * @param user its result is returned, and what it throws is passed on
   * @throws ReplacedException where it is not there any more
   */
  static <T> T use(Path file, String fingerprint, Function<SavedState, T> user) {
    if (!Files.exists(file)) {
      throw new ReplacedException();
    }
    return InputFile.read(
        file,
        open -> {
          SafetensorsReader reader = new SafetensorsReader(open);
          if (!reader.fingerprint().equals(fingerprint)) {
            throw new ReplacedException();
          }
          return user.apply(SafetensorsState.readFile(reader));
        });
  }

  /** Returns what says that the state which the model's file names is not there. */
  ModelFileException notThere() {
    String why =
        Files.exists(place)
            ? "the state of its training in '%s' is damaged or that of another save"
            : "the state of its training is missing: there is no file '%s'";
    return InputFile.failure(
        model,
        String.format(Locale.ROOT, why, place.getFileName())
            + "; without it the model can predict, and its weights can start a new training",
        null);
  }

  /**
   * Checks that a save would replace no file of another kind.
   *
   * @throws ModelFileException where another file is in the state's place
   */
  void requireFree() {
    if (place.toFile().length() > 0 && fingerprint(place).isEmpty()) {
      throw new ModelFileException(
          "cannot save " + WHAT + " to '" + place + "': another file is there");
    }
  }

  /**
   * Writes a state beside its place, where what is there stays until {@link #commit}.
   *
   * @param current the fingerprint that the model's file names until then; null for none
   * @return the state's fingerprint; null where there is nothing to keep
   * @throws ModelFileException where it cannot be written
   */
  String prepare(SavedState state, String current) {
    // What a killed save has left may be all there is of the state that the model's file names.
    if (current != null && fingerprint(pending).filter(current::equals).isPresent()) {
      commit(current);
    }
    if (state.isEmpty()) {
      return null;
    }
    String[] fingerprint = {null};
    Replacement.write(
        pending, WHAT, file -> fingerprint[0] = SafetensorsState.file(state).write(file));
    return fingerprint[0];
  }

  /**
   * Ends a save, once the model's file names the state.
   *
   * @param fingerprint what {@link #prepare} returned
   * @throws ModelFileException where the state cannot be moved to its place; it is read where it is
   */
  void commit(String fingerprint) {
    try {
      if (fingerprint == null) {
        Files.deleteIfExists(place);
        Files.deleteIfExists(pending);
      } else {
        Replacement.move(pending, place);
      }
    } catch (IOException e) {
      throw new ModelFileException("cannot save " + WHAT + " to '" + place + "': " + e, e);
    }
  }

  /** Ends a save that failed after {@link #prepare}. */
  void discard(Throwable failure) {
    try {
      Files.deleteIfExists(pending);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
