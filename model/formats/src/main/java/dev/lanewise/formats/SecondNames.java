package dev.lanewise.formats;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Second names of models, with the states of their trainings where those are in files beside them:
 * what is saved later under the first name leaves them as they are.
 */
public final class SecondNames {
  private SecondNames() {}

  /**
   * {@return a name with a mark in it, in front of the end that tells the format: {@code
   * m-last.weights.h5}}
   *
   * @param model a model's file
   * @param mark what is put in: {@code "-last"}
   */
  public static Path marked(Path model, String mark) {
    String name = model.getFileName().toString();
    int end = name.length();
    for (String ending : List.of(ModelFiles.KERAS_3_WEIGHTS, ".")) {
      int dot = name.toLowerCase(Locale.ROOT).lastIndexOf(ending);
      if (dot > 0) {
        end = dot;
        break;
      }
    }
    return model.resolveSibling(name.substring(0, end) + mark + name.substring(end));
  }

  /**
   * {@return whether a model can get a second name}
   *
   * @param kept the second name
   */
  public static boolean isFree(Path kept) {
    return !Files.exists(kept) && !Files.exists(new StateFile(kept).place());
  }

  /**
   * Gives a model a second name.
   *
   * @param model a file that {@link ModelFiles#save} wrote
   * @param kept the second name, in the same folder
   * @throws FileAlreadyExistsException where that is another file's, or that of its state is
   * @throws IOException where it cannot be given; nothing has changed then
   */
  public static void keep(Path model, Path kept) throws IOException {
    Path keptState = new StateFile(kept).place();
    Optional<Path> state = ModelFiles.stateFile(model);
    if (state.isPresent()) {
      link(state.get(), keptState);
    }
    try {
      link(model.toRealPath(), kept);
    } catch (IOException e) {
      if (state.isPresent()) {
        Files.deleteIfExists(keptState);
      }
      throw e;
    }
  }

  private static void link(Path whole, Path kept) throws IOException {
    try {
      Files.createLink(kept, whole);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      // Some file systems have no links.
      Files.copy(whole, kept);
    }
  }

  /**
   * Removes what {@link #keep} has given a name.
   *
   * @param kept the second name
   * @throws IOException where a file cannot be removed
   */
  public static void remove(Path kept) throws IOException {
    Optional<Path> state = ModelFiles.isModel(kept) ? ModelFiles.stateFile(kept) : Optional.empty();
    Files.deleteIfExists(kept);
    if (state.isPresent()) {
      Files.deleteIfExists(state.get());
    }
  }
}
