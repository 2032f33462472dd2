package dev.lanewise.network;

import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.VectorModule;
import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.InferenceContext;
import dev.lanewise.layer.Layers;
import dev.lanewise.layer.Parameter;
import dev.lanewise.layer.ParameterCopy;
import dev.lanewise.layer.ParameterStore;
import dev.lanewise.layer.PassMemory;
import dev.lanewise.layer.StatisticsCopy;
import dev.lanewise.layer.TrainingContext;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.ParameterRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * A network: blocks in a row and their parameters. Subclasses are generated.
 *
 * <p>A network is a definition. What works is a {@link TrainingPass} or an {@link InferencePass},
 * planned from it for one batch size; questions, such as how much memory a pass takes, change
 * nothing. Parameters may be set, and passes planned, by one thread at a time.
 */
public abstract class Network {
  private final String name;
  private final NetworkOptions options;
  private final Shape image;
  private final BatchNorm.Mode mode;
  private final Layers layers;
  private final List<Part> parts = new ArrayList<>();
  private Shape features;
  private ToDoubleFunction<String> rateFactors = layer -> 1;
  private List<ParameterRange> trained;
  private List<ParameterRange> exact;
  private long freezing;
  private FoldedWeights foldedForGood;
  private boolean forGood;

  /**
   * A block.
   *
   * @param end index after its last parameter
   */
  private record Part(String name, Block block, int end) {}

  /**
   * Starts a network without blocks.
   *
   * @param name the spec's simple name
   * @param options input size, classes, seed and threads
   * @param channels channels of the input images
   * @param momentum weight of the old value in batch normalisation's moving statistics
   * @param epsilon added to the variance
   * @param mode which statistics normalise
   * @throws IllegalStateException where the JVM was started without the Vector API's module
   */
  protected Network(
      String name,
      NetworkOptions options,
      int channels,
      double momentum,
      double epsilon,
      BatchNorm.Mode mode) {
    VectorModule.require();
    this.name = name;
    this.options = options;
    this.mode = mode;
    this.image = new Shape(1, options.height(), options.width(), channels);
    this.features = image;
    this.layers = new Layers(momentum, epsilon, mode);
  }

  /** {@return the maker of layers} */
  protected final Layers layers() {
    return layers;
  }

  /**
   * Appends a block; the generated constructor calls it in the order of the spec.
   *
   * @param name "stem", stage and letter as in "2a", or "head"
   * @param block the block, whose layers are the last that were made
   * @throws IllegalArgumentException where the images are too small for the block
   */
  protected final void add(String name, Block block) {
    features = block.outputShape(features);
    parts.add(new Part(name, block, store().end()));
  }

  /** {@return the shape, for one image, of what the blocks so far put out} */
  protected final Shape featureShape() {
    return features;
  }

  /** {@return the number of classes} */
  public final int classes() {
    return options.classes();
  }

  /** {@return whether the network has its head: without classes it ends in its last map} */
  public final boolean hasTop() {
    return classes() > 0;
  }

  /** {@return the spec's simple name} */
  public final String name() {
    return name;
  }

  /**
   * {@return the shape [N,H,W,C] of a batch}
   *
   * @param n number of images
   */
  public final Shape inputShape(int n) {
    return new Shape(n, image.h(), image.w(), image.c());
  }

  /** {@return all parameters, in the order of the layers} */
  public final List<Parameter> parameters() {
    return store().parameters();
  }

  /** {@return the blocks: stem, blocks in order, head} */
  public final List<Block> blocks() {
    return parts.stream().map(Part::block).toList();
  }

  /** {@return all layers, input first, as Keras lists them} */
  public final List<LayerInfo> layerInfos() {
    GraphBuilder graph = new GraphBuilder(options.head());
    String last = graph.input(image);
    for (Part part : parts) {
      graph.begin(part.name);
      last = part.block.describe(graph, last);
    }
    return graph.layers();
  }

  /**
   * Freezes layers: training leaves their parameters as they are, and a frozen batch normalisation
   * works with its moving statistics and leaves those as they are too. All other layers train.
   * Training passes that are planned already cannot go on.
   *
   * <p>What lies below the lowest layer that trains takes no part in the backward pass.
   *
   * @param names the names of the layers to freeze; those of layers without parameters do not
   *     matter
   */
  public final void freeze(Predicate<String> names) {
    layers.freeze(names);
    trained = null;
    exact = null;
    freezing++;
  }

  /**
   * Chooses how fast the moving statistics of all batch normalisations follow the batches', instead
   * of what the network's specification says.
   *
   * @param momentum weight of the old value, from 0 to below 1
   * @throws IllegalArgumentException where it is not
   */
  public final void setBatchNormMomentum(double momentum) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "the momentum of batch normalisations requires a number from 0 to below 1, got "
              + momentum);
    }
    layers.setBatchNormMomentum(momentum);
  }

  /**
   * Gives layers learning rates of their own.
   *
   * @param factors by a layer's name, what the optimiser's learning rate is multiplied by: a
   *     positive, finite number
   */
  public final void setRateFactors(ToDoubleFunction<String> factors) {
    rateFactors = factors;
    trained = null;
  }

  /**
   * Has all parameters drawn anew from the initialisers, when they are first asked for; called by
   * the generated constructor.
   */
  public final void initialize() {
    layers.initialize(options.seed(), options.initializer());
  }

  /**
   * {@return an array of zeros for what an optimiser keeps of each trained parameter, see {@link
   * Parameter#valuesIn}}
   */
  public final float[] newParameterArray() {
    return store().newArray();
  }

  /**
   * Changes the parameters that train by one step of an optimiser.
   *
   * @param optimizer makes the step
   * @param gradients indexed as {@link #newParameterArray}
   * @throws IllegalArgumentException where a layer's factor of the learning rate is not positive
   */
  public final void update(Optimizer optimizer, float[] gradients) {
    update(optimizer, gradients, options.pool());
  }

  void update(Optimizer optimizer, float[] gradients, WorkerPool pool) {
    optimizer.step(store().values(), gradients, trainedRanges(), pool);
    store().changed();
  }

  /**
   * {@return where the parameters that train lie in the arrays of parameters and gradients, in
   * ascending order}
   *
   * @throws IllegalArgumentException where a layer's factor of the learning rate is not positive
   */
  public final List<ParameterRange> trainedRanges() {
    if (trained == null) {
      trained = store().trainedRanges(rateFactors);
    }
    return trained;
  }

  /**
   * {@return where the gradients of each parameter that trains lie, in ascending order: for sums,
   * which what lies between two parameters must not enter}
   */
  public final List<ParameterRange> gradientRanges() {
    if (exact == null) {
      exact = store().trainedValues();
    }
    return exact;
  }

  /**
   * {@return where the gradients of each block's parameters that train lie, the first block's
   * first; nothing for a block that is frozen}
   */
  public final List<List<ParameterRange>> blockRanges() {
    return Arrays.stream(blockGradients()).map(BlockGradients::ranges).toList();
  }

  /** {@return a copy of all parameters as they are, the moving statistics included} */
  public final ParameterCopy copyParameters() {
    return new ParameterCopy(store(), options.pool());
  }

  /** {@return a copy of the moving statistics as they are} */
  public final StatisticsCopy copyStatistics() {
    return new StatisticsCopy(store());
  }

  /** {@return what the network makes of its logits} */
  public final HeadActivation head() {
    return options.head();
  }

  /** {@return the threads that the network works with} */
  public final WorkerPool pool() {
    return options.pool();
  }

  /** {@return memory that several passes may share, on the network's threads} */
  public final PassMemory newMemory() {
    return new PassMemory(options.pool());
  }

  /**
   * Plans training with memory of its own.
   *
   * @param n images of a batch
   * @return a pass over the layers that train at present
   * @throws IllegalArgumentException where a map of the batch does not fit one array
   * @throws IllegalStateException where the network has no head, or after {@link #foldForGood}
   */
  public final TrainingPass trainingPass(int n) {
    return trainingPass(n, newMemory());
  }

  /**
   * Plans training.
   *
   * @param n images of a batch
   * @param memory what the pass works in, in turn with others
   * @return a pass over the layers that train at present
   * @throws IllegalArgumentException where a map of the batch does not fit one array
   * @throws IllegalStateException where the network has no head, or after {@link #foldForGood}
   */
  public final TrainingPass trainingPass(int n, PassMemory memory) {
    requireTrainable();
    BatchLimit.check(layerInfos(), n, image, memory.largestArray());
    return new TrainingPass(this, n, memory);
  }

  /**
   * {@return the bytes that activations and gradients of a training step take, without taking them}
   *
   * @param n images of a batch
   * @throws IllegalArgumentException where a map of the batch does not fit one array
   * @throws IllegalStateException where the network cannot train, as {@link #trainingPass(int)}
   */
  public final long trainingBytes(int n) {
    requireTrainable();
    BatchLimit.check(layerInfos(), n, image, Arena.LARGEST);
    ArenaPlan measured = ArenaPlan.measuring();
    TrainingContext context = new TrainingContext(new Scratch(options.pool()), () -> null);
    new PlannedTraining(training(context)).walk(measured, inputShape(n));
    return Float.BYTES * measured.size();
  }

  private void requireTrainable() {
    if (!hasTop()) {
      throw new IllegalStateException(
          name + " was built without its top: it infers its last map, but cannot be trained");
    }
    if (forGood) {
      throw new IllegalStateException("the network is folded for good and cannot train");
    }
  }

  /**
   * Plans inference with memory and weights of its own.
   *
   * @param n images of a batch
   * @return a pass whose results follow changes of the parameters
   * @throws IllegalArgumentException where a map of the batch does not fit one array
   */
  public final InferencePass inferencePass(int n) {
    return inferencePass(n, foldedWeights(), newMemory());
  }

  /**
   * Plans inference.
   *
   * @param n images of a batch
   * @param weights of this network; passes over the same may run at the same time, each with a
   *     memory and a pool of its own
   * @param memory what the pass works in, in turn with others
   * @return a pass over the weights
   * @throws IllegalArgumentException where a map of the batch does not fit one array
   */
  public final InferencePass inferencePass(int n, FoldedWeights weights, PassMemory memory) {
    BatchLimit.check(layerInfos(), n, image, memory.largestArray());
    return new InferencePass(this, n, folds() ? weights : null, memory);
  }

  /**
   * {@return the bytes that activations of an inference pass take, without taking them}
   *
   * @param n images of a batch
   * @throws IllegalArgumentException where a map of the batch does not fit one array
   */
  public final long inferenceBytes(int n) {
    BatchLimit.check(layerInfos(), n, image, Arena.LARGEST);
    ArenaPlan measured = ArenaPlan.measuring();
    FoldedWeights weights = folds() ? foldedWeights() : null;
    new PlannedInference(inference(new Scratch(options.pool()), weights))
        .walk(measured, inputShape(n));
    return Float.BYTES * measured.size();
  }

  /**
   * {@return weights for inference in an array of their own; those of {@link #foldForGood} after
   * it}
   */
  public final FoldedWeights foldedWeights() {
    return foldedWeights(null);
  }

  /**
   * {@return weights for inference}
   *
   * @param memory where they lie, in the place of gradients; null for an array of their own
   */
  public final FoldedWeights foldedWeights(PassMemory memory) {
    return foldedForGood != null ? foldedForGood : new FoldedWeights(store(), this::fold, memory);
  }

  /**
   * Folds the normalisations into the parameters themselves, once: from now on the network infers
   * only, without a second copy of its weights, and its parameters mean nothing by themselves.
   *
   * @return the weights
   */
  public final FoldedWeights foldForGood() {
    if (folds() && foldedForGood == null) {
      foldedForGood = FoldedWeights.inPlace(store(), this::fold);
    }
    forGood = true;
    return foldedWeights();
  }

  private void fold(FoldedWeights weights) {
    if (foldedForGood != null) {
      throw new IllegalStateException(
          "the normalisations are folded into the parameters already: take the weights of"
              + " foldForGood");
    }
    for (Part part : parts) {
      part.block.fold(weights);
    }
  }

  /** Normalisation by the batch's own statistics cannot be folded into weights. */
  private boolean folds() {
    return mode != BatchNorm.Mode.ALWAYS_BATCH;
  }

  /**
   * {@return whether inference tells of each image by that image alone: not where normalisations
   * use the statistics of the batch}
   */
  public final boolean infersImageByImage() {
    return folds();
  }

  long seed() {
    return options.seed();
  }

  ParameterStore store() {
    return layers.store();
  }

  /** Returns a number that changes with each {@link #freeze}. */
  long freezing() {
    return freezing;
  }

  /** Makes the blocks of a training pass. */
  List<BlockTraining> training(TrainingContext context) {
    List<BlockTraining> blocks = new ArrayList<>();
    for (Part part : parts) {
      context.beginBlock();
      blocks.add(part.block.training(context));
    }
    return blocks;
  }

  /**
   * Makes the blocks of an inference pass.
   *
   * @param weights null where nothing can be folded
   */
  List<BlockInference> inference(Scratch scratch, FoldedWeights weights) {
    List<BlockInference> blocks = new ArrayList<>();
    if (weights == null) {
      TrainingContext context = new TrainingContext(scratch, () -> null);
      context.setTraining(false);
      training(context).forEach(block -> blocks.add(new PlannedInference.Unfolded(block)));
      return blocks;
    }
    InferenceContext context = new InferenceContext(scratch, weights);
    parts.forEach(part -> blocks.add(part.block.inference(context)));
    return blocks;
  }

  /** Returns where the gradients of each block lie, for the layers that train at present. */
  BlockGradients[] blockGradients() {
    BlockGradients[] gradients = new BlockGradients[parts.size()];
    int from = Arena.FIRST;
    for (int i = 0; i < gradients.length; i++) {
      Part part = parts.get(i);
      gradients[i] = new BlockGradients(i, part.name, store().trainedRanges(from, part.end));
      from = part.end;
    }
    return gradients;
  }
}
