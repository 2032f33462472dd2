package dev.lanewise.formats.safetensors;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.lanewise.formats.io.Checksum;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.io.InputFile;
import dev.lanewise.formats.saved.LanewiseNames;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.torch.TorchLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The tensors of an open safetensors file. Values are read, by positions and without a mapping,
 * when they are asked for: Windows does not let go of a mapped file before the garbage collector
 * comes by.
 */
public final class SafetensorsReader {
  private static final int CHUNK = 1 << 20;

  /** What an array can hold in any JVM. */
  private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

  private final FileChannel file;
  private final SafetensorsHeader header;

  /** By the tensors' names; empty in files of others. */
  private final Map<String, String> checksums;

  /**
   * Reads the header.
   *
   * @throws FormatException where it is damaged, or does not describe the file
   */
  public SafetensorsReader(FileChannel file) throws IOException {
    this.file = file;
    this.header = SafetensorsHeader.read(file);
    this.checksums = checksums(header.metadata().get(LanewiseNames.CHECKSUMS));
  }

  private static Map<String, String> checksums(String text) {
    Map<String, String> checksums = new HashMap<>();
    try {
      if (text != null) {
        JsonParser.parseString(text)
            .getAsJsonObject()
            .asMap()
            .forEach((name, sum) -> checksums.put(name, sum.getAsString()));
      }
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      // Gson tells of values of other types by these.
      throw new FormatException("the file is damaged: its checksums are not JSON", e);
    }
    return checksums;
  }

  /** Returns whether a file begins as one of safetensors does; not whether it is whole. */
  public static boolean matches(FileChannel file) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES + 1);
    if (file.size() < start.capacity()) {
      return false;
    }
    InputFile.readFully(file, start, 0);
    // The upper bytes of the header's length: text has no zeros.
    return start.get(SafetensorsHeader.LENGTH_BYTES) == '{'
        && start.get(5) == 0
        && start.get(6) == 0
        && start.get(7) == 0;
  }

  /**
   * Returns what tells this file from every other: the CRC-32C of its header, which holds those of
   * its tensors.
   */
  public String fingerprint() {
    return Checksum.text(header.checksum());
  }

  /** Returns the texts of {@code __metadata__}. */
  Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * Returns the layers of the tensors whose names begin with a prefix, in the order of their bytes;
   * their names and arrays are Keras's, and values are read while the file is open.
   *
   * @throws FormatException where a name cannot be a layer's
   */
  public List<SavedLayer> layers(String prefix, boolean wanted) {
    Map<String, List<TorchLayout.Tensor>> modules = new LinkedHashMap<>();
    for (SafetensorsHeader.Tensor tensor : header.tensors()) {
      if (tensor.name().startsWith(prefix) == wanted) {
        String name = wanted ? tensor.name().substring(prefix.length()) : tensor.name();
        TorchLayout.Tensor lazy =
            new TorchLayout.Tensor(name, tensor.shape(), () -> floats(tensor));
        modules.computeIfAbsent(lazy.module(), key -> new ArrayList<>()).add(lazy);
      }
    }
    List<SavedLayer> layers = new ArrayList<>();
    modules.forEach((module, tensors) -> TorchLayout.addLayer(module, tensors, layers));
    return layers;
  }

  private float[] floats(SafetensorsHeader.Tensor tensor) {
    if (tensor.type() == null || tensor.type().floats() == null) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "the tensor '%s' holds values of type %s, and F32, F16, BF16 or F64 are read",
              tensor.name(),
              tensor.typeName()));
    }
    long size = (tensor.end() - tensor.begin()) * 8 / tensor.type().bits();
    if (size > MOST_VALUES) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "the tensor '%s' holds %d values, and at most %d are read",
              tensor.name(),
              size,
              MOST_VALUES));
    }
    float[] values = new float[(int) size];
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C sum = new CRC32C();
    int done = 0;
    for (long at = tensor.begin(); at < tensor.end(); at += chunk.limit()) {
      chunk.clear().limit((int) Math.min(CHUNK, tensor.end() - at));
      try {
        InputFile.readFully(file, chunk, at);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      sum.update(chunk.flip().duplicate());
      done = tensor.type().floats().floats(chunk, values, done);
    }
    if (!checksums.isEmpty()) {
      String wanted = checksums.getOrDefault(tensor.name(), "nothing");
      Checksum.check("the tensor '" + tensor.name() + "'", sum.getValue(), wanted);
    }
    return values;
  }
}
