package dev.lanewise.formats.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.lanewise.formats.hdf5.Hdf5Reader;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.io.InputFile;
import dev.lanewise.formats.saved.SavedWeights;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads {@code .keras} files: zip archives of {@code metadata.json}, {@code config.json} and {@code
 * model.weights.h5}. The weights are unpacked to a temporary file, which is gone when they are
 * closed: they may be larger than the memory.
 */
final class KerasArchive {
  private static final byte[] SIGNATURE = {'P', 'K', 3, 4};
  static final String METADATA = "metadata.json";
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "model.weights.h5";
  private static final String NUMPY_WEIGHTS = "model.weights.npz";

  private static final long MOST_TEXT = 64L << 20;

  /** Weights hardly shrink by packing, an optimiser's zeros do: what grows more is no model. */
  private static final long MOST_GROWTH = 100;

  private static final long ALWAYS_ALLOWED = 64L << 20;

  private KerasArchive() {}

  /** Returns whether a file is a zip archive, as its first bytes tell. */
  static boolean isIn(FileChannel file) throws IOException {
    if (file.size() < SIGNATURE.length) {
      return false;
    }
    ByteBuffer start = ByteBuffer.allocate(SIGNATURE.length);
    InputFile.readFully(file, start, 0);
    return Arrays.equals(start.array(), SIGNATURE);
  }

  /**
   * Reads an archive, uses the weights and closes it.
   *
   * @throws FormatException saying what is wrong with it
   */
  static <T> T use(Path path, Hdf5Reader.ArrayReader arrays, Function<SavedWeights, T> user)
      throws IOException {
    Path temporary = Files.createTempFile("lanewise", ".h5");
    try (FileChannel weights =
        FileChannel.open(
            temporary,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      Texts texts = unpack(path, weights);
      KerasConfig config = KerasConfig.parse(texts.config());
      String format = "Keras archive" + texts.version();
      return Hdf5Reader.read(
          weights, root -> Keras3Weights.read(root, arrays, format, config, texts.config()), user);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** What an archive holds beside the weights: the version as the end of a sentence. */
  private record Texts(String config, String version) {}

  private static Texts unpack(Path path, FileChannel weights) throws IOException {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      if (zip.getEntry(WEIGHTS) == null) {
        throw new FormatException(
            zip.getEntry(NUMPY_WEIGHTS) != null
                ? "its weights are in NumPy's format, and only HDF5 is supported"
                : "it is a zip archive, but not a Keras model: '" + WEIGHTS + "' is missing");
      }
      String config = text(zip, CONFIG);
      String version = zip.getEntry(METADATA) == null ? "" : version(text(zip, METADATA));
      ZipEntry entry = zip.getEntry(WEIGHTS);
      long limit = Math.max(ALWAYS_ALLOWED, MOST_GROWTH * Files.size(path));
      copy(zip, entry, limit, weights);
      return new Texts(config, version);
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new FormatException("the archive is damaged", e);
    }
  }

  private static String text(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new FormatException("'" + name + "' is missing in the archive");
    }
    checkSize(entry, MOST_TEXT);
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) entry.getSize() + 1);
      CRC32 sum = new CRC32();
      sum.update(bytes);
      checkSum(entry, bytes.length, sum);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static void copy(ZipFile zip, ZipEntry entry, long limit, FileChannel to)
      throws IOException {
    checkSize(entry, limit);
    CRC32 sum = new CRC32();
    long size = 0;
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] part = new byte[1 << 16];
      for (int n = in.read(part); n >= 0 && size <= entry.getSize(); n = in.read(part)) {
        sum.update(part, 0, n);
        size += n;
        for (ByteBuffer buffer = ByteBuffer.wrap(part, 0, n); buffer.hasRemaining(); ) {
          to.write(buffer);
        }
      }
    }
    checkSum(entry, size, sum);
  }

  private static void checkSize(ZipEntry entry, long limit) {
    if (entry.getSize() < 0 || entry.getSize() > limit) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "'%s' in the archive is said to hold %d bytes, more than can be right",
              entry.getName(),
              entry.getSize()));
    }
  }

  private static void checkSum(ZipEntry entry, long size, CRC32 sum) {
    if (size != entry.getSize() || entry.getCrc() >= 0 && sum.getValue() != entry.getCrc()) {
      throw new FormatException(
          "'" + entry.getName() + "' in the archive is damaged: its checksum is wrong");
    }
  }

  private static String version(String metadata) {
    try {
      JsonElement version = JsonParser.parseString(metadata).getAsJsonObject().get("keras_version");
      return version == null ? "" : ", version " + version.getAsString();
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return "";
    }
  }
}
