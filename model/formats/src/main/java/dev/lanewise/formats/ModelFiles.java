package dev.lanewise.formats;

import dev.lanewise.formats.hdf5.Hdf5Reader;
import dev.lanewise.formats.hdf5.Hdf5Writer;
import dev.lanewise.formats.io.InputFile;
import dev.lanewise.formats.io.Replacement;
import dev.lanewise.formats.keras.KerasArchiveWriter;
import dev.lanewise.formats.keras.ModelWriter;
import dev.lanewise.formats.safetensors.SafetensorsModels;
import dev.lanewise.formats.safetensors.SafetensorsReader;
import dev.lanewise.formats.saved.LanewiseNames;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.network.LayerInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Saves and loads models. A file whose name ends in {@code .safetensors} is written as safetensors
 * in PyTorch's layout, one that ends in {@code .h5} or {@code .hdf5} or has no ending as HDF5 in
 * Keras's; which of them a file is, its content tells when it is loaded.
 *
 * <p>Where other programs want weights and nothing else ({@code .safetensors}, and Keras 3's {@code
 * .weights.h5}), the state of the training goes to a file beside the model's.
 *
 * <p>A file keeps a checksum of each array, and a model's also of all that it says beside them.
 * They are compared when a value or the model is read; a file without them is read as well.
 */
public final class ModelFiles {
  private static final String SAFETENSORS = ".safetensors";
  private static final String MODEL = "the model";

  /** Ends of names that say a format in which models are written; so does a name without an end. */
  private static final List<String> FORMATS = List.of(".h5", ".hdf5", SAFETENSORS);

  /** What programs go by: not the number in {@code run-0.5}. */
  private static final Pattern ENDING = Pattern.compile(".*[^.](\\.[a-z][a-z0-9_]*)");

  /** Keras 3 takes files of this name for those of its own layout, and all others for Keras 2's. */
  static final String KERAS_3_WEIGHTS = ".weights.h5";

  private ModelFiles() {}

  /**
   * Writes a model beside its place, and moves it there once it is whole and on the disk: whatever
   * goes wrong, an older file stays as it was. Takes little memory of its own.
   *
   * <p>Keras 2 and 3 open the HDF5 file with {@code load_model} and {@code load_weights}; a PyTorch
   * network of the same modules takes the safetensors file with {@code strict=True}, and a Keras 3
   * network the {@code .weights.h5} file with {@code load_weights}.
   *
   * @param path the file's place; the name's end tells the format
   * @param model what is written; its arrays are asked for their values one by one
   * @param network the network's layers, the output last: those of the model, and how they are
   *     connected
   * @throws ModelFileException where the file cannot be written
   */
  public static void save(Path path, SavedModel model, List<LayerInfo> network) {
    checkPlace(path);
    if (keepsStateApart(path)) {
      saveApart(path, model, network);
      return;
    }
    Replacement.write(
        path,
        MODEL,
        file -> {
          Hdf5Writer writer = new Hdf5Writer();
          ModelWriter.write(model, network, writer);
          writer.write(file);
        });
  }

  /** Saves a model whose state has a file of its own; two threads would mix their files. */
  private static synchronized void saveApart(Path path, SavedModel model, List<LayerInfo> network) {
    StateFile beside = new StateFile(path);
    String state = beside.prepare(model.state(), isModel(path) ? ModelInput.state(path) : null);
    try {
      Replacement.write(
          path,
          MODEL,
          file -> {
            if (isSafetensors(path)) {
              SafetensorsModels.model(model, network, state).write(file);
            } else {
              Hdf5Writer writer = new Hdf5Writer();
              ModelWriter.writeKeras3(model, network, state, writer);
              writer.write(file);
            }
          });
    } catch (RuntimeException | Error e) {
      beside.discard(e);
      throw e;
    }
    beside.commit(state);
  }

  /**
   * Writes weights alone, as {@link #save} does a model: the tensors that PyTorch's network of the
   * same modules loads with {@code strict=True}, or what Keras's {@code save_weights} writes; to a
   * name that ends in {@code .weights.h5}, what Keras 3's does.
   *
   * @param path the file's place; the name's end tells the format
   * @param layers all layers
   * @param network as {@link #save}
   * @throws ModelFileException where the file cannot be written
   */
  public static void saveWeights(Path path, List<SavedLayer> layers, List<LayerInfo> network) {
    checkEnding(path);
    Replacement.write(
        path,
        "the weights",
        file -> {
          if (isSafetensors(path)) {
            SafetensorsModels.weights(layers, network).write(file);
          } else {
            Hdf5Writer writer = new Hdf5Writer();
            if (endsWith(path, KERAS_3_WEIGHTS)) {
              ModelWriter.writeKeras3Weights(layers, network, writer.root());
            } else {
              ModelWriter.writeWeights(layers, network, writer.root());
            }
            writer.write(file);
          }
        });
  }

  /**
   * Writes a network and its weights as a {@code .keras} archive, which Keras 3 opens with {@code
   * load_model}.
   *
   * @param path the file's place, whose name ends in {@code .keras}, as Keras demands
   * @param name the network's name
   * @param layers all layers
   * @param network as {@link #save}
   * @throws ModelFileException where the file cannot be written
   */
  public static void saveKerasArchive(
      Path path, String name, List<SavedLayer> layers, List<LayerInfo> network) {
    Replacement.write(path, MODEL, file -> KerasArchiveWriter.write(name, layers, network, file));
  }

  /**
   * Checks that a model may be saved to a place: programs go by the ends of names, and no other
   * file may be where the state of its training would go.
   *
   * @param path the model's file, whether or not it is there
   * @throws ModelFileException where its name ends as those of another format do, or as those of
   *     the states of trainings, or its state's place is taken
   */
  public static void checkPlace(Path path) {
    if (StateFile.isName(path)) {
      throw new ModelFileException(
          "cannot save to '"
              + path
              + "': that is the name of the file that holds the state of a training beside another"
              + " with its weights; leave out '.state'");
    }
    checkEnding(path);
    if (keepsStateApart(path)) {
      new StateFile(path).requireFree();
    }
  }

  private static void checkEnding(Path path) {
    Matcher ending = ENDING.matcher(path.getFileName().toString().toLowerCase(Locale.ROOT));
    if (ending.matches() && !FORMATS.contains(ending.group(1))) {
      throw new ModelFileException(
          String.format(
              Locale.ROOT,
              "cannot save to '%s': files whose names end in '%s' are of a format that is not"
                  + " written; end it in '.h5' or '.hdf5' for Keras or in '%s' for PyTorch",
              path,
              ending.group(1),
              SAFETENSORS));
    }
  }

  /** Returns whether a name says that the file's arrays are weights and nothing else. */
  private static boolean keepsStateApart(Path path) {
    return isSafetensors(path) || endsWith(path, KERAS_3_WEIGHTS);
  }

  private static boolean isSafetensors(Path path) {
    return endsWith(path, SAFETENSORS);
  }

  private static boolean endsWith(Path path, String ending) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /**
   * Reads a model whole. The maps of the result are in the order of their keys.
   *
   * @param path a file that {@link #save} wrote, of either format
   * @return the model, with all values in memory
   * @throws ModelFileException as {@link #use}
   */
  public static SavedModel load(Path path) {
    return use(path, true, SavedModel::fetched);
  }

  /**
   * Opens a model, uses it and closes its files. The model's arrays are read one by one when their
   * values are asked for, which must be before the user returns. Maps are in the order of their
   * keys.
   *
   * @param <T> type of the user's result
   * @param path a file that {@link #save} wrote, of either format
   * @param optimizer whether the model is to have its optimiser, where there is one
   * @param user its result is returned, and what it throws is passed on
   * @return what the user returned
   * @throws ModelFileException where a file cannot be read, is damaged or is not of a model that
   *     {@link #save} wrote, or the state of a training beside it is missing or another save's
   */
  public static <T> T use(Path path, boolean optimizer, Function<SavedModel, T> user) {
    return ModelInput.use(path, optimizer, user);
  }

  /**
   * Returns the file beside a model's that holds the state of its training; empty where the model's
   * holds everything, or names none that is there.
   */
  static Optional<Path> stateFile(Path path) {
    String state = ModelInput.state(path);
    return state == null ? Optional.empty() : new StateFile(path).find(state);
  }

  /**
   * {@return whether a file is a model that {@link #save} wrote, as far as its attributes tell}
   *
   * @param path any file; where it is missing or cannot be read, it is no model
   */
  public static boolean isModel(Path path) {
    try {
      return switch (WeightFiles.kind(path)) {
        case SAFETENSORS ->
            InputFile.read(path, file -> SafetensorsModels.isModel(new SafetensorsReader(file)));
        case KERAS ->
            Hdf5Reader.read(path, root -> root.getAttribute(LanewiseNames.FORMAT) != null);
        case ONNX -> false;
      };
    } catch (ModelFileException e) {
      return false;
    }
  }
}
