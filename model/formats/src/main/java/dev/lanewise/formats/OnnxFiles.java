package dev.lanewise.formats;

import dev.lanewise.formats.io.Replacement;
import dev.lanewise.formats.onnx.NetworkGraph;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.OnnxNetwork;
import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.onnx.ModelProto;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;

/** Writes networks as ONNX files (onnx.ai), for programs that infer. */
public final class OnnxFiles {
  private OnnxFiles() {}

  /**
   * Writes a network. Its input is called {@code input} and its output {@code output}; the number
   * of images is open. An older file is replaced only once the new one is complete.
   *
   * @param path the file's place
   * @param network what is written
   * @param options how
   * @throws ModelFileException where the file cannot be written, or the network does not fit one:
   *     ONNX files take 2 GiB
   */
  public static void write(Path path, OnnxNetwork network, OnnxOptions options) {
    ModelProto model = NetworkGraph.of(network, options);
    Replacement.write(
        path,
        "the ONNX file",
        file -> {
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file));
          model.writeTo(out);
          out.flush();
        });
  }
}
