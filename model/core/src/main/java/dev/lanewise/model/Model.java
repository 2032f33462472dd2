package dev.lanewise.model;

import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.formats.ModelFiles;
import dev.lanewise.formats.OnnxFiles;
import dev.lanewise.formats.WeightFiles;
import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedSlot;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Images;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.plot.SummaryTable;
import dev.lanewise.model.report.Predictions;
import dev.lanewise.model.run.Inference;
import dev.lanewise.model.run.LayerTraining;
import dev.lanewise.model.run.Optimizers;
import dev.lanewise.model.run.PassCache;
import dev.lanewise.model.run.Snapshots;
import dev.lanewise.model.run.TrainingState;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Measurement;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.NonFiniteLossException;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.model.weights.LoadOptions;
import dev.lanewise.model.weights.LoadReport;
import dev.lanewise.model.weights.WeightLoader;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Shape;
import dev.lanewise.train.Optimizer;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A network that tells of images, with all it takes to train and use it: to which of several
 * classes each belongs or, as {@link ModelOptions#head} says, which labels it has, or numbers.
 *
 * <pre>{@code
 * try (Model model = Model.build("resnet50", ModelOptions.of(64, 64, train.classNames()))) {
 *   model.compile(new Adam(1e-3), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
 *   History history = model.fit(train, FitOptions.epochs(20).withValidation(test));
 *   model.save(Path.of("model.h5"));
 * }
 * }</pre>
 *
 * <p>One thread at a time may use a model. Results do not depend on the number of threads that the
 * model itself works with. {@link #close} ends those threads.
 */
public final class Model implements Exportable {
  private final WorkerPool pool;
  private final Network network;
  private final PassCache passes;
  private final Preprocessing preprocessing;
  private final Inference inference;
  private final LayerTraining layerTraining;
  private final TrainingState training;

  private final Map<String, String> notes = new LinkedHashMap<>();

  private LoadReport loadReport;
  private WorkerGroup workers = WorkerGroup.alone();

  /** Makes a model whose options have a preprocessing. */
  private Model(NetworkFactory factory, ModelOptions options) {
    pool = new WorkerPool(options.threads());
    try {
      network =
          factory.create(
              new NetworkOptions(
                  options.height(),
                  options.width(),
                  options.classNames().size(),
                  options.seed(),
                  options.initializer(),
                  pool,
                  options.head()));
      passes = new PassCache(network);
      inference = new Inference(network, passes, options.classNames(), options.preprocessing());
    } catch (IllegalArgumentException e) {
      pool.close();
      throw new ModelException(e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      pool.close();
      throw e;
    }
    preprocessing = options.preprocessing();
    layerTraining = new LayerTraining(network);
    training = new TrainingState(network);
    training.seed = options.seed();
  }

  /**
   * Builds a model of a network known by name.
   *
   * @param network one of {@link Networks#names}
   * @param options input size, class names, threads, seed and how images are taken
   * @return a model to compile and train
   * @throws ModelException where the network is not known or cannot take the input size
   */
  public static Model build(String network, ModelOptions options) {
    Networks.Entry entry = Networks.entry(network);
    return new Model(entry.factory(), options.orPreprocessing(entry.preprocessing()));
  }

  /**
   * Builds a model of any generated network: {@code Model.build(ResNet50Network::new, options)}.
   *
   * @param network makes the network
   * @param options input size, class names, threads, seed and how images are taken; where they say
   *     no preprocessing, it is pixels / 255
   * @return a model to compile and train
   * @throws ModelException where the network cannot take the input size
   */
  public static Model build(NetworkFactory network, ModelOptions options) {
    return new Model(network, options.orPreprocessing(StandardPreprocessing.RESCALE));
  }

  /**
   * Loads a model of a network known by name, ready to predict and, where the file holds the
   * optimiser, to go on training as if it had never stopped.
   *
   * @param file a model file that {@link #save} wrote, HDF5 or safetensors
   * @param threads threads that work, the caller's included
   * @return a model with the file's weights, class names and state of training
   * @throws ModelException where the file does not fit the network, the network is not known, or
   *     weights are not finite
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be read
   */
  public static Model load(Path file, int threads) {
    return ModelFiles.use(
        file,
        true,
        saved -> load(file, saved, ModelFileOptions.factory(saved, file.toString()), threads));
  }

  /**
   * As {@link #load(Path, int)}, ready to predict and evaluate. The optimiser is not read, which
   * takes two thirds of the time and memory away.
   *
   * @param file a model file that {@link #save} wrote, HDF5 or safetensors
   * @param threads threads that work, the caller's included
   * @return a model that must be compiled before it is trained
   */
  public static Model loadForInference(Path file, int threads) {
    return ModelFiles.use(
        file,
        false,
        saved -> load(file, saved, ModelFileOptions.factory(saved, file.toString()), threads));
  }

  /**
   * Loads a model with one thread per processor.
   *
   * @param file a model file that {@link #save} wrote, HDF5 or safetensors
   * @return a model as {@link #load(Path, int)} returns it
   */
  public static Model load(Path file) {
    return load(file, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Loads a model of any generated network.
   *
   * @param file a model file that {@link #save} wrote, HDF5 or safetensors
   * @param network makes the network: the constructor of a generated class, such as {@code
   *     ResNet50Network::new}
   * @param threads threads that work, the caller's included
   * @return a model as {@link #load(Path, int)} returns it
   */
  public static Model load(Path file, NetworkFactory network, int threads) {
    return ModelFiles.use(file, true, saved -> load(file, saved, network, threads));
  }

  /**
   * Opens a weight file of any producer as a model, ready to predict and evaluate, as {@link
   * #loadWeights(Path, LoadOptions)} matches it. {@link #loadReport} tells what came of it.
   *
   * @param file weights alone or a whole model, of any format that {@link #loadWeights(Path,
   *     LoadOptions)} takes
   * @param options what the file does not say itself
   * @param threads threads that work, the caller's included
   * @return a model that must be compiled before it is trained
   * @throws ModelException where the file does not fit the network, or does not say what the
   *     options leave open
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be read
   */
  public static Model open(Path file, ForeignOptions options, int threads) {
    String from = file.toString();
    return WeightFiles.use(
        file,
        saved -> {
          ModelOptions found = WeightFileOptions.options(saved, options, threads, from);
          Model model = new Model(options.network(), found);
          return model.filled(
              () -> {
                if (!options.classNames().isEmpty()) {
                  model.renameClasses(options.classNames());
                }
                model.loadReport = WeightLoader.fill(model.network, saved, from);
              });
        });
  }

  /**
   * Loads a model of any generated network as {@link #loadForInference(Path, int)} does.
   *
   * @param file a model file that {@link #save} wrote, HDF5 or safetensors
   * @param network makes the network: the constructor of a generated class, such as {@code
   *     ResNet50Network::new}
   * @param threads threads that work, the caller's included
   * @return a model that must be compiled before it is trained
   */
  public static Model loadForInference(Path file, NetworkFactory network, int threads) {
    return ModelFiles.use(file, false, saved -> load(file, saved, network, threads));
  }

  private static Model load(Path file, SavedModel saved, NetworkFactory factory, int threads) {
    ModelOptions options = ModelFileOptions.options(saved, threads, file.toString());
    Model model = new Model(factory, options);
    return model.filled(() -> model.restore(saved, file.toString()));
  }

  /** Returns this model after something was done to it, or closes it where that failed. */
  private Model filled(Runnable filling) {
    try {
      filling.run();
      return this;
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void restore(SavedModel saved, String from) {
    int channels = network.inputShape(1).c();
    if (saved.channels() != channels) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s takes images of %d channels, and network %s requires %d",
              from,
              saved.channels(),
              network.name(),
              channels));
    }
    SavedWeights weights =
        new SavedWeights("Lanewise", saved.layers(), true, false, null, Map.of());
    loadReport = WeightLoader.fill(network, weights, from);
    layerTraining.restore(saved.attributes(), from);
    training.restore(saved, network, from);
    ModelFileOptions.restoreNotes(saved.attributes(), notes);
  }

  /**
   * Says how to train.
   *
   * @param optimizer changes the parameters; its state belongs to this model from now on. Where the
   *     model comes from a file that holds the state of an optimiser of the user's own, one of the
   *     same name takes over that state and keeps its own settings
   * @param loss what training minimises; where that of the model's file is the user's own, one of
   *     the same name goes on with its training
   * @param metrics what is measured beside it, in the order in which it is told
   * @throws ModelException where what is the user's own has the name of another, the loss requires
   *     another head than the network's or a metric other targets than the loss, or an optimiser
   *     does not fit the state in the file; nothing has changed then
   */
  public void compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    training.compile(network, optimizer, loss, List.of(metrics));
  }

  /**
   * {@return the name of the optimiser of a user's own whose state the model's file holds, until
   * {@link #compile} gives the optimiser itself; empty where there is none to wait for}
   */
  public Optional<String> awaitedOptimizer() {
    return training.awaitedOptimizer();
  }

  /**
   * {@return what of a user's own the training in the model's file has and is not found here, until
   * {@link #compile} gives it: {@code "the loss 'focal'"}; empty where there is none}
   */
  public Optional<String> awaited() {
    return training.awaited();
  }

  /** {@return whether the model can be trained: it was compiled, or loaded with its optimiser} */
  public boolean isCompiled() {
    return training.optimizer != null;
  }

  /**
   * Checks that images can be trained on by a recipe, as {@link #fit} does before it begins.
   *
   * @param train images
   * @param recipe of the training
   * @throws ModelException where the images or classes are not this model's, or do not go with a
   *     setting of the recipe
   */
  public void requireTrainable(ImageDataset train, Recipe recipe) {
    requireFit(train);
    training.requireTrainable(recipe, train);
  }

  /**
   * Trains, going on from the epochs that are done.
   *
   * @param train images of this model's size and with its classes
   * @param options epochs, batch size, validation, seed, learning rates and listeners
   * @return loss and metrics of each epoch
   * @throws NonFiniteLossException where the loss of a batch is not finite; parameters and moving
   *     statistics are then those of the step before, and can be saved
   * @throws ModelException where the images or classes are not this model's
   * @throws IllegalStateException before {@link #compile}
   */
  public History fit(ImageDataset train, FitOptions options) {
    if (!isCompiled()) {
      throw new IllegalStateException(
          "compile the model before fit"
              + awaited()
                  .map(what -> ": with " + what + " the training in its file goes on")
                  .orElse(""));
    }
    requireFit(train, options.validation());
    training.begin(options, train);
    return train(train, options.validation(), options.listeners());
  }

  /**
   * Goes on with a training that was stopped, by itself or in the file that this model comes from:
   * to the same bits as if it had not been stopped, on any number of threads.
   *
   * @param train the images that it began with
   * @param validation images to evaluate after each epoch; null for none
   * @param listeners what hears of the progress, in order
   * @return loss and metrics of each epoch of the training
   * @throws NonFiniteLossException as {@link #fit}
   * @throws ModelException where there is no training to go on with, or the images are others
   * @throws IllegalStateException where something of the user's own is {@link #awaited}
   */
  public History resume(
      ImageDataset train, ImageDataset validation, List<TrainingListener> listeners) {
    if (!isCompiled()) {
      throw new IllegalStateException(
          "compile the model with " + awaited().orElse("its optimiser") + " before resume");
    }
    requireFit(train, validation);
    training.requireUnfinished(train);
    return train(train, validation, listeners);
  }

  private void requireFit(ImageDataset train, ImageDataset validation) {
    requireFit(train);
    if (validation != null) {
      requireFit(validation);
    }
  }

  private void requireFit(ImageDataset images) {
    inference.requireFit(images);
    Measurement.requireTargets(training.loss(), training.metrics(), images.targetKind());
  }

  private History train(
      ImageDataset train, ImageDataset validation, List<TrainingListener> listeners) {
    return training
        .trainer(
            network,
            passes,
            preprocessing,
            validation,
            images ->
                inference.evaluate(
                    images, training.batchSize, training.loss(), training.metrics(), workers),
            workers,
            List.copyOf(listeners))
        .run(train);
  }

  /**
   * Trains together with others from now on: {@link #fit} and {@link #resume} are called on all
   * workers, with the same settings, images and weights, and each works on its part of every batch:
   * on some of the {@link Recipe#shards}, whose number is a multiple of that of the workers. Each
   * ends with the same bits, those of one process alone with as many shards. A worker that asks for
   * an end ends all of them after the same step.
   *
   * @param group of which this process is one; stays the caller's to close. An error of one worker
   *     ends it: the others throw {@link dev.lanewise.exchange.ExchangeException}, with parameters
   *     and moving statistics as after the last step
   */
  public void setWorkers(WorkerGroup group) {
    workers = group;
  }

  /**
   * {@return what is left of a training that was stopped, for {@link #resume}; empty where the last
   * one is done, or there was none}
   */
  public Optional<TrainingPlan> unfinished() {
    return training.unfinished();
  }

  /** {@return the epochs done, as far as they are known; a file keeps them} */
  public History history() {
    return training.history();
  }

  /** {@return the recipe of the last training; the plain one before the first} */
  public Recipe recipe() {
    return training.recipe();
  }

  /**
   * Freezes layers, beside those that are frozen already: training leaves their parameters as they
   * are, and their batch normalisations work with the stored statistics and leave those too.
   *
   * @param patterns of layer names: {@code "conv1"}, {@code "res[2-4]*"}; one that begins with
   *     {@code !} takes layers out again, as in {@code "*", "!fc*"}
   * @throws ModelException where no layer with parameters fits a pattern, or none is left to train;
   *     nothing has changed then
   */
  public void freeze(String... patterns) {
    layerTraining.freeze(List.of(patterns));
  }

  /** Lets all layers train. */
  public void unfreeze() {
    layerTraining.unfreeze();
  }

  /**
   * Multiplies the optimiser's learning rate for some layers, in every step of any schedule. Where
   * patterns of several calls fit a layer, the last counts.
   *
   * @param factor positive and finite; 1 for the optimiser's own rate
   * @param patterns of layer names, as in {@link #freeze}, but without {@code !}
   * @throws ModelException where no layer with parameters fits a pattern, or the factor cannot be
   *     used; nothing has changed then
   */
  public void setLearningRateFactor(double factor, String... patterns) {
    layerTraining.setRateFactor(factor, List.of(patterns));
  }

  /**
   * Measures loss and metrics.
   *
   * @param images images of this model's size and with its classes
   * @param batchSize images that are worked on together
   * @return loss and metrics over all images
   * @throws ModelException where the images or classes are not this model's, or the loss is not
   *     finite
   */
  public Evaluation evaluate(ImageDataset images, int batchSize) {
    Evaluation evaluation =
        inference.evaluate(
            images, batchSize, training.loss(), training.metrics(), WorkerGroup.alone());
    if (!Double.isFinite(evaluation.loss())) {
      throw new ModelException(
          "the loss over the images is "
              + evaluation.loss()
              + ": the network's weights are too large for finite answers");
    }
    return evaluation;
  }

  /**
   * {@return what this model says of images, with all the figures that follow}
   *
   * @param images images of this model's size and with its classes
   * @param batchSize images that are worked on together
   * @throws ModelException where the images or classes are not this model's
   */
  public Predictions predictions(ImageDataset images, int batchSize) {
    requireFit(images);
    return new Predictions(images, inference.predict(images, batchSize));
  }

  /**
   * {@return the probability of each class for each image: [images][classes]}
   *
   * @param images images of this model's size; their classes may be others
   * @param batchSize images that are worked on together
   * @throws ModelException where the images are not of this model's size
   */
  public float[][] predict(ImageDataset images, int batchSize) {
    return inference.predict(images, batchSize);
  }

  /**
   * {@return as {@link #predict(ImageDataset, int)}, what the model says as it is evaluated during
   * its training, with the average of its parameters where the recipe keeps one} A listener may ask
   * for it between two events.
   *
   * @param images images of this model's size; their classes may be others
   * @param batchSize images that are worked on together
   * @throws ModelException where the images are not of this model's size
   */
  public float[][] predictEvaluated(ImageDataset images, int batchSize) {
    float[][][] result = {null};
    training.withEvaluated(() -> result[0] = predict(images, batchSize));
    return result[0];
  }

  /**
   * Returns the probability of each class for images that are floats.
   *
   * @param images pixels to which {@link #preprocessing} was applied already, [N,H,W,C] row-major
   * @param n number of images
   * @return [images][classes]
   * @throws ModelException where the number of values is another
   */
  public float[][] predict(float[] images, int n) {
    return inference.predict(images, n);
  }

  /**
   * {@return the probability of each class for an image of any size, which is resized}
   *
   * @param image is left as it is
   */
  public float[] predict(BufferedImage image) {
    return inference.predict(Images.toBytes(image, imageShape()));
  }

  /**
   * {@return the probability of each class for an image file of any size, which is resized}
   *
   * @param image a JPEG or PNG file
   * @throws dev.lanewise.model.data.DataException where the file is not a readable image
   */
  public float[] predict(Path image) {
    return inference.predict(Images.load(image, imageShape()));
  }

  /**
   * {@return the bytes that activations and gradients of a training step take}
   *
   * @param batchSize images of the step
   * @throws ModelException where a layer's output for the batch does not fit one array
   */
  public long trainingBytes(int batchSize) {
    try {
      return network.trainingBytes(batchSize);
    } catch (IllegalArgumentException e) {
      throw new ModelException(e.getMessage(), e);
    }
  }

  /**
   * Overwrites all parameters by those of a weight file; short for the other of this name.
   *
   * @param file weights alone or a whole model, of any format that the other takes
   * @return which layer took which values
   */
  public LoadReport loadWeights(Path file) {
    return loadWeights(file, LoadOptions.whole());
  }

  /**
   * Overwrites parameters by those of a weight file of any producer: Keras's HDF5 and {@code
   * .keras} files, whole models or weights alone, and safetensors with PyTorch's layouts. Layers
   * are matched by name where file and network have the same names, else by order and shape where
   * the file has an order. Nothing changes where anything does not fit.
   *
   * @param file weights alone or a whole model; its content tells the format
   * @param options which of the network's layers take part
   * @return which layer took which values
   * @throws ModelException where a layer is missing or too many, or an array has another shape or
   *     values that are not finite
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be read
   */
  public LoadReport loadWeights(Path file, LoadOptions options) {
    loadReport = WeightLoader.load(network, file, options);
    return loadReport;
  }

  /**
   * {@return Keras's table of the layers, with what each of them costs}
   *
   * <p>FLOPs are floating point operations for one image, a multiply-add counted as two; memory is
   * what a layer's output for one image takes as float32.
   */
  public String summary() {
    return SummaryTable.of(network.name(), network.layerInfos(), Integer.MAX_VALUE);
  }

  /**
   * {@return {@link #summary()} and a line with the memory that is planned for training, or why it
   * cannot be planned}
   *
   * @param batchSize images of a step
   */
  public String summary(int batchSize) {
    return summary(batchSize, Integer.MAX_VALUE);
  }

  /**
   * {@return {@link #summary(int)} for a terminal: where the table does not fit, its last columns
   * are left out}
   *
   * @param batchSize images of a step
   * @param columns characters that a line of the table may take
   */
  public String summary(int batchSize, int columns) {
    String memory;
    try {
      memory = SummaryTable.trainingMemory(batchSize, trainingBytes(batchSize));
    } catch (ModelException e) {
      memory = "Planned for training: nothing, since " + e.getMessage();
    }
    String table = SummaryTable.of(network.name(), network.layerInfos(), columns);
    return table + System.lineSeparator() + memory;
  }

  /**
   * Saves the model whole: parameters, statistics, the optimiser's state, input size, class names;
   * as safetensors where the name ends so, else as HDF5 in Keras's layout. An older file is
   * replaced only once the new one is complete.
   *
   * @param file the file to write; its name tells the format
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be written
   */
  public void save(Path file) {
    save(file, training.savedOptimizer(network), training.savedCopies(network));
  }

  private void save(Path file, SavedOptimizer optimizer, List<SavedSlot> copies) {
    Shape image = network.inputShape(1);
    ModelFiles.save(
        file,
        new SavedModel(
            network.name(),
            image.h(),
            image.w(),
            image.c(),
            classNames(),
            Snapshots.layers(network),
            training.saved(),
            optimizer,
            copies,
            ModelFileOptions.attributes(network, preprocessing, layerTraining, training, notes)),
        network.layerInfos());
  }

  /**
   * Saves the model as it is evaluated during its training, with the average of its parameters
   * where the recipe keeps one, for predicting: without its optimiser.
   *
   * @param file where it goes
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be written
   */
  public void saveEvaluated(Path file) {
    training.withEvaluated(() -> save(file, null, List.of()));
  }

  @Override
  public void saveWeights(Path file) {
    ModelFiles.saveWeights(file, Snapshots.layers(network), network.layerInfos());
  }

  /** As {@link Exportable} says; {@link #save} keeps all that training goes on with. */
  @Override
  public void exportKeras(Path file) {
    ModelFiles.saveKerasArchive(
        file, network.name(), Snapshots.layers(network), network.layerInfos());
  }

  @Override
  public void exportOnnx(Path file, OnnxOptions options) {
    OnnxFiles.write(file, OnnxSource.of(network, classNames(), preprocessing), options);
  }

  /** Returns what applies the network to images. */
  Inference inference() {
    return inference;
  }

  /** Folds normalisations into the parameters themselves: only inference is left. */
  void foldForGood() {
    passes.foldForGood();
  }

  /** {@return the network, for its parameters and for passes beside the model's own} */
  public Network network() {
    return network;
  }

  @Override
  public ImageShape imageShape() {
    return inference.imageShape();
  }

  /** {@return the rows of the input images} */
  public int height() {
    return imageShape().height();
  }

  /** {@return the columns of the input images} */
  public int width() {
    return imageShape().width();
  }

  /** {@return the names of the classes, by class index} */
  public List<String> classNames() {
    return inference.classNames();
  }

  /**
   * Gives the classes other names.
   *
   * @param names by class index, as many as there are classes, none blank
   * @throws ModelException where there are more or fewer classes, or two of one name
   */
  public void renameClasses(List<String> names) {
    inference.renameClasses(names);
  }

  /** {@return what the last weight file or model that was loaded gave; null before any} */
  @Override
  public LoadReport loadReport() {
    return loadReport;
  }

  @Override
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /** {@return texts of the caller's own, by name, which files keep; they may be changed} */
  public Map<String, String> notes() {
    return notes;
  }

  /**
   * {@return what training minimises, and evaluation measures}
   *
   * @throws ModelException where it is a user's own that is not found here
   */
  public Loss loss() {
    return training.loss();
  }

  /** {@return what is measured beside the loss, in the order in which it is told} */
  public List<Metric> metrics() {
    return training.metrics();
  }

  /** {@return the optimiser; null where there is none} */
  public Optimizer optimizer() {
    return training.optimizer;
  }

  /**
   * {@return the optimiser and its settings for the user: {@code "adam, learning rate 0.001 (x 10
   * in fc6)"}}
   */
  public String describeOptimizer() {
    return isCompiled()
        ? Optimizers.describe(training.optimizer) + layerTraining.describeRates()
        : "none";
  }

  /** {@return the number of epochs done, those before a model was saved included} */
  public int epochsDone() {
    return training.epochs();
  }

  /** {@return the batch size of the last training; 32 before the first} */
  public int batchSize() {
    return training.batchSize;
  }

  /** {@return the seed of shuffling} */
  public long seed() {
    return training.seed;
  }

  /** {@return the number of threads} */
  public int threads() {
    return pool.threads();
  }

  /** Ends the model's threads. */
  @Override
  public void close() {
    pool.close();
  }
}
