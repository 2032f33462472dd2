package dev.lanewise.formats.keras;

import com.google.gson.JsonObject;
import dev.lanewise.formats.hdf5.Hdf5Writer;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.network.LayerInfo;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes {@code .keras} files, which {@link KerasArchive} reads: a network and its weights. */
public final class KerasArchiveWriter {
  /** The first version that knows the module of functional models by its present name. */
  private static final String KERAS_VERSION = "3.0.0";

  /** The first time that a zip knows. */
  private static final LocalDateTime BEGIN = LocalDateTime.of(1980, 1, 1, 0, 0);

  private KerasArchiveWriter() {}

  /**
   * Fills an empty file.
   *
   * @param name the network's name
   * @throws IllegalArgumentException where the layers are not the network's
   */
  public static void write(
      String name, List<SavedLayer> layers, List<LayerInfo> network, FileChannel file)
      throws IOException {
    Path temporary = Files.createTempFile("lanewise", ".h5");
    try (FileChannel weights =
        FileChannel.open(
            temporary,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      Hdf5Writer writer = new Hdf5Writer();
      ModelWriter.writeKeras3Weights(layers, network, writer.root());
      writer.write(weights);
      // Not closed, as the file would be.
      ZipOutputStream zip =
          new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(file)));
      // Weights do not shrink, and Keras packs none either.
      zip.setLevel(Deflater.NO_COMPRESSION);
      putText(zip, KerasArchive.METADATA, metadata());
      putText(
          zip, KerasArchive.CONFIG, KerasConfigWriter.archived(name, LayerOrder.ofKeras(network)));
      zip.putNextEntry(entry(KerasArchive.WEIGHTS));
      weights.position(0);
      Channels.newInputStream(weights).transferTo(zip);
      zip.closeEntry();
      zip.finish();
      zip.flush();
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static String metadata() {
    JsonObject metadata = new JsonObject();
    metadata.addProperty(KerasNames.KERAS_VERSION, KERAS_VERSION);
    return metadata.toString();
  }

  private static void putText(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(entry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  /** An entry of no time, so that the same network makes the same file. */
  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(BEGIN);
    return entry;
  }
}
