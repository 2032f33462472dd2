package dev.lanewise.model.files;

import java.nio.file.Path;

/** Saves and loads models as HDF5 files in Keras's group layout. */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * Writes a model beside its place, checks the file and moves it into place: whatever goes wrong,
   * an older file there stays as it was.
   *
   * @throws ModelFileException where the file cannot be written
   */
  public static void save(Path path, SavedModel model) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a model whole.
   *
   * @throws ModelFileException where the file cannot be read, is damaged or is not a model file
   */
  public static SavedModel load(Path path) {
    throw new UnsupportedOperationException();
  }
}
