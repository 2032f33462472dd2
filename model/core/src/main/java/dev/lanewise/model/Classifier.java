package dev.lanewise.model;

import dev.lanewise.model.data.Images;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A trained network that classifies images in someone's own program.
 *
 * <pre>{@code
 * try (Classifier classifier = Classifier.load(Path.of("signs.h5"))) {
 *   System.out.println(classifier.classify(Path.of("hand.jpg")).top(3));
 * }
 * }</pre>
 *
 * <p>It never changes, and any number of threads may use it at the same time: each prepares its
 * images itself, and the network works on one call after the other, with all its threads. Results
 * depend neither on the number of threads nor on what else is classified meanwhile.
 *
 * <p>Normalisations are folded into the weights, and nothing is held that only training needs.
 */
public final class Classifier implements AutoCloseable {
  /** Most images that are worked on together. */
  private static final int BATCH = 32;

  /** Most pixels that are worked on together, so that memory is bounded for large images too. */
  private static final long BATCH_PIXELS = 32L * 224 * 224;

  private final Model model;
  private final int batch;

  /** The model has one pass and one pool. */
  private final ReentrantLock turn = new ReentrantLock();

  private boolean closed;

  private Classifier(Model model) {
    this.model = model;
    long pixels = (long) model.height() * model.width();
    batch = (int) Math.max(1, Math.min(BATCH, BATCH_PIXELS / pixels));
  }

  /**
   * Makes a classifier of a model, which is the classifier's from now on: it cannot be trained any
   * more, and must be neither saved nor used otherwise.
   *
   * @param model closed with the classifier, or at once where it cannot be one
   * @return a classifier with the names, size and threads of the model
   */
  public static Classifier of(Model model) {
    try {
      model.foldForGood();
      return new Classifier(model);
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
    return classification(inTurn(() -> model.predict(values, 1)[0]));
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

  private <T> List<Classification> inBatches(List<T> images, Function<T, byte[]> prepare) {
    List<Classification> results = new ArrayList<>(images.size());
    for (int from = 0; from < images.size(); from += batch) {
      List<byte[]> pixels = new ArrayList<>(batch);
      for (T image : images.subList(from, Math.min(from + batch, images.size()))) {
        pixels.add(prepare.apply(image));
      }
      for (float[] outputs : inTurn(() -> model.inference().predict(pixels))) {
        results.add(classification(outputs));
      }
    }
    return List.copyOf(results);
  }

  private <T> T inTurn(Supplier<T> work) {
    turn.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the classifier is closed");
      }
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  private Classification classification(float[] outputs) {
    return new Classification(classNames(), outputs, model.network().head());
  }

  /** {@return the names of the classes, by class index} */
  public List<String> classNames() {
    return model.classNames();
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

  /** Ends the threads once a call that is being worked on has ended; later ones fail. */
  @Override
  public void close() {
    turn.lock();
    try {
      closed = true;
      model.close();
    } finally {
      turn.unlock();
    }
  }
}
