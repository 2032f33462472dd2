package dev.lanewise.model;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Images;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.run.Inference;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells what a network sees in images before it decides on classes: the average of its last map,
 * one number for each channel. Images that look alike to the network have features whose {@link
 * Similarity#cosine} is near 1.
 *
 * <p>The network is built without its head, so files that have none do as well. One thread at a
 * time may use an extractor. An image's features are the same bits whatever else is asked.
 */
public final class FeatureExtractor implements AutoCloseable {
  private final HeadlessModel model;
  private final Inference inference;
  private final int size;

  private FeatureExtractor(HeadlessModel model) {
    this.model = model;
    inference = model.foldedForGood();
    size = model.channels();
  }

  /**
   * Opens a model that {@link Model#save} wrote.
   *
   * @param file the model
   * @param threads threads that work, the caller's included
   * @return an extractor, to be closed after use
   * @throws ModelException where the file does not fit the network, or the network is not known
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be read
   */
  public static FeatureExtractor load(Path file, int threads) {
    String from = file.toString();
    return ModelFiles.use(
        file,
        false,
        saved ->
            new FeatureExtractor(
                new HeadlessModel(
                    file,
                    ModelFileOptions.factory(saved, from),
                    saved.height(),
                    saved.width(),
                    ModelFileOptions.preprocessing(saved.attributes(), from),
                    threads)));
  }

  /**
   * Opens a weight file of any producer, with a head or without one.
   *
   * @param file weights alone or a whole model, of any format that {@link Model#loadWeights(Path)}
   *     takes
   * @param options what the file does not say itself; names of classes mean nothing here
   * @param threads threads that work, the caller's included
   * @return an extractor, to be closed after use
   * @throws ModelException where the file does not fit the network, or does not say the size of its
   *     images
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be read
   */
  public static FeatureExtractor open(Path file, ForeignOptions options, int threads) {
    return new FeatureExtractor(HeadlessModel.open(file, options, threads));
  }

  /** {@return the number of features of an image: the channels of the last map} */
  public int size() {
    return size;
  }

  /** {@return the shape of the images that the network takes} */
  public ImageShape imageShape() {
    return inference.imageShape();
  }

  /**
   * {@return the features of an image of any size, which is resized}
   *
   * @param image is left as it is
   */
  public float[] features(BufferedImage image) {
    return features(Images.toBytes(image, imageShape()));
  }

  /**
   * {@return the features of an image file of any size, which is resized}
   *
   * @param image a JPEG or PNG file
   * @throws dev.lanewise.model.data.DataException where the file is not a readable JPEG or PNG
   */
  public float[] features(Path image) {
    return features(Images.load(image, imageShape()));
  }

  private float[] features(byte[] pixels) {
    return inference.averages(List.of(inference.input(pixels)))[0];
  }

  /** Ends the threads. */
  @Override
  public void close() {
    model.close();
  }
}
