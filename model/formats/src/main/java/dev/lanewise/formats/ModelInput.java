package dev.lanewise.formats;

import dev.lanewise.formats.hdf5.Hdf5Reader;
import dev.lanewise.formats.io.InputFile;
import dev.lanewise.formats.keras.ModelReader;
import dev.lanewise.formats.safetensors.SafetensorsModels;
import dev.lanewise.formats.safetensors.SafetensorsReader;
import dev.lanewise.formats.saved.SavedModel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Opens the file of a model and, where the model is to be trained on, that of its state. */
final class ModelInput {
  /** Times that a model is opened whose file is replaced while it is opened. */
  private static final int TRIES = 5;

  private ModelInput() {}

  /** As {@link ModelFiles#use}. */
  static <T> T use(Path path, boolean optimizer, Function<SavedModel, T> user) {
    if (!optimizer) {
      return read(path, false, opened -> user.apply(opened.model()));
    }
    for (int tries = 1; ; tries++) {
      try {
        return useWithState(path, user);
      } catch (ReplacedException e) {
        if (tries == TRIES) {
          throw InputFile.failure(path, "it is replaced again and again meanwhile", e);
        }
      }
    }
  }

  /**
   * What a model's file holds.
   *
   * @param state the fingerprint of the state's file; null where there is none
   */
  private record Opened(SavedModel model, String state) {}

  private static <T> T useWithState(Path path, Function<SavedModel, T> user) {
    String state = state(path);
    if (state == null) {
      return read(path, true, opened -> user.apply(same(opened, null)));
    }
    StateFile beside = new StateFile(path);
    Optional<Path> file = beside.find(state);
    if (file.isEmpty()) {
      throw state.equals(state(path)) ? beside.notThere() : new ReplacedException();
    }
    return StateFile.use(
        file.get(),
        state,
        found -> read(path, false, opened -> user.apply(same(opened, state).withState(found))));
  }

  private static SavedModel same(Opened opened, String state) {
    if (!Objects.equals(opened.state(), state)) {
      throw new ReplacedException();
    }
    return opened.model();
  }

  private static <T> T read(Path path, boolean optimizer, Function<Opened, T> user) {
    return switch (WeightFiles.kind(path)) {
      case SAFETENSORS ->
          InputFile.read(
              path,
              file -> {
                SafetensorsReader reader = new SafetensorsReader(file);
                return user.apply(
                    new Opened(
                        SafetensorsModels.read(reader, optimizer),
                        SafetensorsModels.state(reader)));
              });
      case KERAS ->
          Hdf5Reader.read(
              path,
              root ->
                  new Opened(
                      ModelReader.read(root, Hdf5Reader::lazyArray, optimizer),
                      ModelReader.state(root)),
              user);
      case ONNX ->
          throw InputFile.failure(
              path,
              "it is an ONNX file, which holds weights and not what training goes on with",
              null);
    };
  }

  /** Returns the fingerprint of the state's file that a model's names; null where it names none. */
  static String state(Path path) {
    return switch (WeightFiles.kind(path)) {
      case SAFETENSORS ->
          InputFile.read(path, file -> SafetensorsModels.state(new SafetensorsReader(file)));
      case KERAS -> Hdf5Reader.read(path, root -> ModelReader.state(root));
      case ONNX -> null;
    };
  }
}
