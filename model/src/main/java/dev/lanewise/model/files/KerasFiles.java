package dev.lanewise.model.files;

import io.jhdf.api.Group;
import java.nio.file.Path;
import java.util.List;

/** Reads the weights of HDF5 files that Keras wrote: whole models, or weights alone. */
public final class KerasFiles {
  private KerasFiles() {}

  /**
   * Reads all weights of a file in Keras's HDF5 layout ({@code model.save} or {@code save_weights}
   * of Keras 1 and 2, or of Keras 3's legacy format). Floats of 16 and 64 bits become floats of 32.
   *
   * @return the layers in the file's order; the layers of a nested model stand in its place, with
   *     the names that their weights have in the file
   * @throws ModelFileException where the file cannot be read, is damaged or has another layout
   */
  public static List<SavedLayer> readWeights(Path path) {
    return Hdf5Reader.read(path, root -> KerasWeights.read(weights(root), Hdf5Reader::array));
  }

  private static Group weights(Group root) {
    if (Hdf5Reader.hasTexts(root, FileFormat.LAYER_NAMES)) {
      return root;
    }
    if (root.getChild(FileFormat.MODEL_WEIGHTS) == null) {
      throw new FormatException(
          "it is not a Keras file: neither attribute 'layer_names' nor group 'model_weights' is"
              + " there");
    }
    return Hdf5Reader.group(root, FileFormat.MODEL_WEIGHTS);
  }
}
