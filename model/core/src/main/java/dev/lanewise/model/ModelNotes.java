package dev.lanewise.model;

import dev.lanewise.formats.ModelFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Texts of the caller's own that a model file keeps, without the model. */
public final class ModelNotes {
  private ModelNotes() {}

  /**
   * {@return what {@link Model#notes} were when the model was saved}
   *
   * @param file a model file that {@link Model#save} wrote
   * @throws dev.lanewise.formats.saved.ModelFileException where it cannot be read
   */
  public static Map<String, String> of(Path file) {
    return ModelFiles.use(
        file,
        false,
        saved -> {
          Map<String, String> notes = new LinkedHashMap<>();
          ModelFileOptions.restoreNotes(saved.attributes(), notes);
          return notes;
        });
  }
}
