package dev.lanewise.model.files;

import java.nio.file.Path;
import java.util.function.Function;

/** Saves and loads models as HDF5 files in Keras's group layout. */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * Writes a model beside its place, and moves it there once it is whole and on the disk: whatever
   * goes wrong, an older file stays as it was. Takes little memory of its own.
   *
   * @throws ModelFileException where the file cannot be written
   */
  public static void save(Path path, SavedModel model) {
    Replacement.write(
        path,
        "the model",
        file -> {
          Hdf5Writer writer = new Hdf5Writer();
          ModelWriter.write(model, writer.root());
          writer.write(file);
        });
  }

  /**
   * Reads a model whole. The maps of the result are in the order of their keys.
   *
   * @throws ModelFileException where the file cannot be read, is damaged or is not a model that
   *     {@link #save} wrote
   */
  public static SavedModel load(Path path) {
    return Hdf5Reader.read(path, root -> ModelReader.read(root, Hdf5Reader::array, true));
  }

  /**
   * Opens a model, uses it and closes the file. The model's arrays are read one by one when their
   * values are asked for, which must be before the user returns.
   *
   * @param optimizer whether the model is to have its optimiser, where the file holds one
   * @param user its result is returned, and what it throws is passed on
   * @throws ModelFileException as {@link #load}
   */
  public static <T> T use(Path path, boolean optimizer, Function<SavedModel, T> user) {
    return Hdf5Reader.read(
        path, root -> ModelReader.read(root, Hdf5Reader::lazyArray, optimizer), user);
  }

  /** Returns whether a file is a model that {@link #save} wrote, as far as its attributes tell. */
  public static boolean isModel(Path path) {
    try {
      return Hdf5Reader.read(path, root -> root.getAttribute(FileFormat.FORMAT) != null);
    } catch (ModelFileException e) {
      return false;
    }
  }
}
