package dev.lanewise.model;

import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.weights.LoadReport;
import java.nio.file.Path;

/** A network and its weights, which other programs take: with its head or without it. */
public sealed interface Exportable extends AutoCloseable permits Model, HeadlessModel {
  /**
   * Writes it as ONNX, for programs that predict with it: ONNX Runtime and others. Class names and
   * preprocessing are texts of the file's metadata: {@code classes}, a list in JSON, and {@code
   * preprocessing}.
   *
   * @param file the file to write
   * @param options version of the operators, order of the axes, folding, preprocessing
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be written, or the
   *     network is too large for one
   */
  void exportOnnx(Path file, OnnxOptions options);

  /**
   * Writes network and weights as a {@code .keras} archive, for Keras 3's {@code load_model}.
   *
   * @param file the file to write, whose name ends in {@code .keras}, as Keras demands
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be written
   */
  void exportKeras(Path file);

  /**
   * Writes the weights alone: for PyTorch where the name ends in {@code .safetensors}, else for
   * Keras's {@code load_weights}, of Keras 3 alone where the name ends in {@code .weights.h5}.
   *
   * @param file the file to write; its name tells the format
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be written
   */
  void saveWeights(Path file);

  /** {@return the shape of the input images} */
  ImageShape imageShape();

  /** {@return how images become what the network takes} */
  Preprocessing preprocessing();

  /** {@return what the file gave that the weights come from; null where there was none} */
  LoadReport loadReport();

  /** Ends its threads. */
  @Override
  void close();
}
