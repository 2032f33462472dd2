package dev.lanewise.formats;

import dev.lanewise.formats.hdf5.Hdf5Superblock;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.io.InputFile;
import dev.lanewise.formats.keras.KerasFiles;
import dev.lanewise.formats.onnx.OnnxWeights;
import dev.lanewise.formats.safetensors.SafetensorsModels;
import dev.lanewise.formats.safetensors.SafetensorsReader;
import dev.lanewise.formats.safetensors.SafetensorsState;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.formats.torch.DenseRows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/** Reads weights from files of any known kind, which is told by what they begin with. */
public final class WeightFiles {
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  /** Python's pickles of version 2 and later, which PyTorch's older files are. */
  private static final int PICKLE = 0x80;

  private static final String LFS = "version https://git-lfs";
  private static final int START = 512;

  private WeightFiles() {}

  /**
   * Opens a file, uses its weights and closes it. The arrays may be read one by one when their
   * values are asked for, which must be before the user returns.
   *
   * @param <T> type of the user's result
   * @param path weights alone or a whole model, of Lanewise or another program
   * @param user its result is returned, and what it throws is passed on
   * @return what the user returned
   * @throws ModelFileException where the file cannot be read, is damaged or of no known kind
   */
  public static <T> T use(Path path, Function<SavedWeights, T> user) {
    return switch (kind(path)) {
      case SAFETENSORS ->
          InputFile.read(path, file -> user.apply(weights(new SafetensorsReader(file))));
      case KERAS -> KerasFiles.use(path, user);
      case ONNX -> InputFile.read(path, file -> user.apply(OnnxWeights.read(file)));
    };
  }

  /** Kinds of files. */
  enum Kind {
    /** HDF5, or a zip with HDF5 within it. */
    KERAS,
    /** A protocol buffer. */
    ONNX,
    /** Safetensors. */
    SAFETENSORS
  }

  /**
   * Tells a file's kind.
   *
   * @throws ModelFileException where it is of no known kind, saying what it is where that is known
   */
  static Kind kind(Path path) {
    return InputFile.read(
        path,
        file -> {
          if (SafetensorsReader.matches(file)) {
            return Kind.SAFETENSORS;
          }
          if (Hdf5Superblock.startOf(file).isPresent()) {
            return Kind.KERAS;
          }
          ByteBuffer start = ByteBuffer.allocate((int) Math.min(START, file.size()));
          InputFile.readFully(file, start, 0);
          if (beginsWith(start, ZIP) && !zipOfPickle(start)) {
            return Kind.KERAS;
          }
          if (OnnxWeights.begins(start)) {
            return Kind.ONNX;
          }
          throw new FormatException(otherKind(start));
        });
  }

  /** Returns whether a zip's first entry is that of PyTorch's files. */
  private static boolean zipOfPickle(ByteBuffer start) {
    return new String(start.array(), StandardCharsets.ISO_8859_1).contains("/data.pkl");
  }

  private static String otherKind(ByteBuffer start) {
    if ((start.get(0) & 255) == PICKLE || beginsWith(start, ZIP)) {
      return "it is a Python pickle, as PyTorch's older files are, which may run any program and is"
          + " not read; save the state_dict with safetensors.torch.save_file";
    }
    if (beginsWith(start, LFS.getBytes(StandardCharsets.US_ASCII))) {
      return "it is Git LFS's note of a file, not the file itself; fetch that with 'git lfs pull'";
    }
    return "it is neither an HDF5 file, nor a .keras archive, nor a safetensors or an ONNX file";
  }

  private static boolean beginsWith(ByteBuffer start, byte[] wanted) {
    return start.capacity() >= wanted.length
        && Arrays.equals(start.array(), 0, wanted.length, wanted, 0, wanted.length);
  }

  private static SavedWeights weights(SafetensorsReader reader) {
    if (SafetensorsState.isState(reader)) {
      throw new FormatException(
          "it holds the state of a training alone; the weights are in the file beside it whose name"
              + " lacks '.state'");
    }
    return new SavedWeights(
        "safetensors",
        reader.layers(SafetensorsModels.NO_WEIGHTS, false),
        true,
        false,
        null,
        Map.of(DenseRows.ORDER, DenseRows.CHANNELS_FIRST));
  }
}
