package dev.lanewise.model;

import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Images;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.run.CallQueue;
import dev.lanewise.model.run.NetworkInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A trained network that classifies images in someone's own program.
 *
 * <pre>{@code
 * try (Classifier classifier = Classifier.load(Path.of("signs.h5"))) {
 *   System.out.println(classifier.classify(Path.of("hand.jpg")).top(3));
 * }
 * }</pre>
 *
 * <p>It never changes, and any number of threads may use it at the same time, virtual ones too:
 * each prepares its images itself, and what several ask at the same time the network works on
 * together, with all its threads. An image's result is the same bits alone, in a list and beside
 * other callers' images, on any number of threads. (Where normalisations use the statistics of the
 * batch, images of one list influence each other, and calls are worked on one after the other.)
 *
 * <p>A caller that is interrupted before its images are worked on gets a {@link
 * java.util.concurrent.CancellationException}.
 *
 * <p>Normalisations are folded into the weights, and nothing is held that only training needs.
 */
public final class Classifier implements AutoCloseable {
  /** Most images that are worked on together. */
  private static final int TOGETHER = 32;

  /** Most pixels that are worked on together, so that memory is bounded for large images too. */
  private static final long TOGETHER_PIXELS = 32L * 224 * 224;

  private final Model model;
  private final int together;
  private final CallQueue calls;

  private Classifier(Model model, int together) {
    this.model = model;
    this.together = together;
    this.calls = new CallQueue(model.inference(), together, model.network().infersImageByImage());
  }

  /**
   * Makes a classifier of a model, which is the classifier's from now on: it cannot be trained any
   * more, and must be neither saved nor used otherwise.
   *
   * @param model closed with the classifier, or at once where it cannot be one
   * @return a classifier with the names, size and threads of the model
   */
  public static Classifier of(Model model) {
    long pixels = (long) model.height() * model.width();
    return of(model, Math.clamp(TOGETHER_PIXELS / pixels, 1, TOGETHER));
  }

  /**
   * Makes a classifier as {@link #of(Model)} does, with another number of images that are worked on
   * together: that gives it its throughput under load, and its memory ({@link #workingBytes}).
   *
   * @param model closed with the classifier, or at once where it cannot be one
   * @param together most images, of one caller or of several, that the network works on at a time:
   *     1 for one after the other. Else it is 32, or fewer where images have more than 224x224
   *     pixels
   * @return a classifier with the names, size and threads of the model
   * @throws ModelException where together is not positive
   */
  public static Classifier of(Model model, int together) {
    try {
      if (together < 1) {
        throw new ModelException(
            "a classifier requires at least 1 image that is worked on together, got " + together);
      }
      model.foldForGood();
      return new Classifier(model, together);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  /**
   * Loads a model that works with one thread per processor.
   *
   * @param file a model file that {@link Model#save} wrote, HDF5 or safetensors
   * @return a classifier, to be closed after use
   */
  public static Classifier load(Path file) {
    return load(file, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Loads a model of a network known by name, of any format that {@link Model#load(Path, int)}
   * takes.
   *
   * @param file a model file that {@link Model#save} wrote, HDF5 or safetensors
   * @param threads threads that work on a call, the caller's included
   * @return a classifier, to be closed after use
   * @throws ModelException where the file does not fit the network, or the network is not known
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be read
   */
  public static Classifier load(Path file, int threads) {
    return of(Model.loadForInference(file, threads));
  }

  /**
   * Loads a model of any generated network: {@code Classifier.load(file, MyNetNetwork::new, 2)}.
   *
   * @param file a model file that {@link Model#save} wrote, HDF5 or safetensors
   * @param network makes the network: the constructor of a generated class, such as {@code
   *     ResNet50Network::new}
   * @param threads threads that work on a call, the caller's included
   * @return a classifier, to be closed after use
   * @throws ModelException where the file does not fit the network
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be read
   */
  public static Classifier load(Path file, NetworkFactory network, int threads) {
    return of(Model.loadForInference(file, network, threads));
  }

  /**
   * Opens a weight file of any producer, as {@link Model#open} does.
   *
   * @param file weights alone or a whole model, of any format that {@link Model#loadWeights(Path)}
   *     takes
   * @param options what the file does not say itself
   * @param threads threads that work on a call, the caller's included
   * @return a classifier, to be closed after use
   * @throws ModelException where the file does not fit the network, or does not say what the
   *     options leave open
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be read
   */
  public static Classifier open(Path file, ForeignOptions options, int threads) {
    return of(Model.open(file, options, threads));
  }

  /**
   * Loads a model from a stream, as of a resource in a program's own jar, by way of a temporary
   * file.
   *
   * @param in read to its end and left open
   * @param threads threads that work on a call, the caller's included
   * @return a classifier, to be closed after use
   * @throws IOException where the stream cannot be read or the temporary file cannot be written
   * @throws ModelException where the file does not fit the network, or the network is not known
   * @throws dev.lanewise.formats.saved.ModelFileException where the file is no model
   */
  public static Classifier load(InputStream in, int threads) throws IOException {
    Path file = Files.createTempFile("lanewise-model", null);
    try {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return load(file, threads);
    } finally {
      Files.delete(file);
    }
  }

  /**
   * Classifies an image of any size, which is resized.
   *
   * @param image is left as it is
   * @return the probability of each class
   */
  public Classification classify(BufferedImage image) {
    return classifyImages(List.of(image)).get(0);
  }

  /**
   * Classifies an image file of any size, which is resized.
   *
   * @param image a JPEG or PNG file
   * @return the probability of each class
   * @throws dev.lanewise.model.data.DataException where the file is not a readable JPEG or PNG
   */
  public Classification classify(Path image) {
    return classifyFiles(List.of(image)).get(0);
  }

  /**
   * Classifies one image of the network's size that is preprocessed already.
   *
   * @param values to which {@link #preprocessing} was applied, [H,W,C] row-major
   * @return the probability of each class
   * @throws ModelException where there are not height x width x channels values
   */
  public Classification classify(float[] values) {
    return classification(calls.call(List.of(model.inference().input(values)))[0]);
  }

  /**
   * Classifies images of any sizes, a batch at a time.
   *
   * @param images are left as they are
   * @return what is said of each, in the same order
   */
  public List<Classification> classifyImages(List<BufferedImage> images) {
    return inBatches(images, image -> Images.toBytes(image, model.imageShape()));
  }

  /**
   * Classifies image files of any sizes, a batch at a time: memory holds the pixels of one batch
   * only.
   *
   * @param images JPEG or PNG files
   * @return what is said of each, in the same order
   * @throws dev.lanewise.model.data.DataException where a file is not a readable JPEG or PNG
   */
  public List<Classification> classifyFiles(List<Path> images) {
    return inBatches(images, image -> Images.load(image, model.imageShape()));
  }

  /**
   * Classifies images of the network's size, a batch at a time.
   *
   * @param images [H,W,C] unsigned bytes of each, row-major, as {@link Images#load} returns them
   * @return what is said of each, in the same order
   * @throws ModelException where an image has another number of bytes
   */
  public List<Classification> classifyPixels(List<byte[]> images) {
    return inBatches(images, pixels -> pixels);
  }

  private <T> List<Classification> inBatches(List<T> images, Function<T, byte[]> prepare) {
    List<Classification> results = new ArrayList<>(images.size());
    for (int from = 0; from < images.size(); from += together) {
      List<NetworkInput> inputs = new ArrayList<>();
      for (T image : images.subList(from, Math.min(from + together, images.size()))) {
        inputs.add(model.inference().input(prepare.apply(image)));
      }
      for (float[] outputs : calls.call(inputs)) {
        results.add(classification(outputs));
      }
    }
    return List.copyOf(results);
  }

  private Classification classification(float[] outputs) {
    return new Classification(classNames(), outputs, model.network().head());
  }

  /** {@return the names of the classes, by class index} */
  public List<String> classNames() {
    return model.classNames();
  }

  /** {@return the shape of the images that the network takes} */
  public ImageShape imageShape() {
    return model.imageShape();
  }

  /** {@return the rows of the images that the network takes} */
  public int height() {
    return model.height();
  }

  /** {@return the columns of the images that the network takes} */
  public int width() {
    return model.width();
  }

  /** {@return what is done to pixels before the network takes them} */
  public Preprocessing preprocessing() {
    return model.preprocessing();
  }

  /** {@return the most images that the network works on at a time} */
  public int together() {
    return together;
  }

  /**
   * {@return the bytes of activations and of the callers' images while so many threads classify an
   * image each, which comes on top of the weights} So each further caller adds an image, and as
   * long as they are not more than {@link #together()}, the activations of one. Asking changes
   * nothing.
   *
   * @param callers threads that classify at the same time, at least one
   */
  public long workingBytes(int callers) {
    int worked = model.network().infersImageByImage() ? Math.min(callers, together) : 1;
    return model.network().inferenceBytes(worked) + (long) callers * model.imageShape().size();
  }

  /**
   * Ends the threads once the images that are being worked on are done; calls that wait, and later
   * ones, fail with an {@link IllegalStateException}.
   */
  @Override
  public void close() {
    calls.close();
    model.close();
  }
}
