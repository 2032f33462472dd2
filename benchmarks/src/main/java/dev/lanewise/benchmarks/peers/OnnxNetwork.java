package dev.lanewise.benchmarks.peers;

import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.network.ResNet50Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The network of a work as an ONNX file, for libraries that read one. */
public final class OnnxNetwork {
  private OnnxNetwork() {}

  /**
   * Returns the file's bytes: images [N,3,H,W] to probabilities [N,6], normalisations folded into
   * the convolutions.
   */
  public static byte[] of(Work work) {
    List<String> classes = IntStream.range(0, Work.CLASSES).mapToObj(Integer::toString).toList();
    ModelOptions options = ModelOptions.of(work.size(), work.size(), classes).withThreads(1);
    try (Model model = Model.build(ResNet50Network::new, options)) {
      NetworkProblem.checkParameters(
          work,
          model.network().parameters().stream()
              .filter(Parameter::trainable)
              .mapToLong(Parameter::size)
              .sum());
      Path file = Files.createTempFile("lanewise-peers-", ".onnx");
      try {
        model.exportOnnx(file, OnnxOptions.DEFAULT);
        return Files.readAllBytes(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
