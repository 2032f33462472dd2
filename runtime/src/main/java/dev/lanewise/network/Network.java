package dev.lanewise.network;

import dev.lanewise.kernel.Scratch;
import dev.lanewise.layer.Layers;
import dev.lanewise.layer.Parameter;
import dev.lanewise.layer.ParameterStore;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.ParameterRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * A network: blocks in a row and their parameters. Subclasses are generated.
 *
 * <p>One thread at a time may use a network; it works on the threads of its pool. There is one plan
 * at a time, for training or for inference, of one batch size: planning one makes the other void.
 */
public abstract class Network {
  private final String name;
  private final NetworkOptions options;
  private final Shape image;
  private final BatchNorm.Mode mode;
  private final Layers layers;
  private final List<Block> blocks = new ArrayList<>();
  private final List<String> blockNames = new ArrayList<>();
  private Shape features;
  private ToDoubleFunction<String> rateFactors = layer -> 1;
  private List<ParameterRange> trained;

  private float[][] arena = new float[0][];
  private Tensor trainingInput;
  private final List<Tensor> blockOutputs = new ArrayList<>();
  private Tensor trainingProbabilities;
  private Tensor trainingLogits;
  private Tensor dLogits;
  private Tensor inferenceInput;
  private Tensor inferenceProbabilities;
  private Tensor inferenceLogits;
  private long foldedVersion = -1;
  private boolean foldedForGood;

  /**
   * Starts a network without blocks.
   *
   * @param name the spec's simple name
   * @param channels channels of the input images
   * @param momentum weight of the old value in batch normalisation's moving statistics
   * @param epsilon added to the variance
   * @param mode which statistics normalise
   */
  protected Network(
      String name,
      NetworkOptions options,
      int channels,
      double momentum,
      double epsilon,
      BatchNorm.Mode mode) {
    this.name = name;
    this.options = options;
    this.mode = mode;
    this.image = new Shape(1, options.height(), options.width(), channels);
    this.features = image;
    this.layers = new Layers(new Scratch(options.pool()), momentum, epsilon, mode);
  }

  /** Returns the maker of layers. */
  protected final Layers layers() {
    return layers;
  }

  /**
   * Appends a block; the generated constructor calls it in the order of the spec.
   *
   * @param name "stem", stage and letter as in "2a", or "head"
   * @throws IllegalArgumentException where the images are too small for the block
   */
  protected final void add(String name, Block block) {
    features = block.outputShape(features);
    blocks.add(block);
    blockNames.add(name);
  }

  /** Returns the shape, for one image, of what the blocks so far put out. */
  protected final Shape featureShape() {
    return features;
  }

  /** Returns the number of classes. */
  public final int classes() {
    return options.classes();
  }

  /** Returns whether the network has its head: without classes it ends in its last map. */
  public final boolean hasTop() {
    return classes() > 0;
  }

  /** Returns the spec's simple name. */
  public final String name() {
    return name;
  }

  /** Returns the shape [n,H,W,C] of a batch of n images. */
  public final Shape inputShape(int n) {
    return new Shape(n, image.h(), image.w(), image.c());
  }

  /** Returns all parameters, in the order of the layers. */
  public final List<Parameter> parameters() {
    return layers.store().parameters();
  }

  /** Returns the blocks: stem, blocks in order, head. */
  public final List<Block> blocks() {
    return List.copyOf(blocks);
  }

  /** Returns all layers, input first, as Keras lists them. */
  public final List<LayerInfo> layerInfos() {
    GraphBuilder graph = new GraphBuilder();
    String last = graph.input(image);
    for (int i = 0; i < blocks.size(); i++) {
      graph.begin(blockNames.get(i));
      last = blocks.get(i).describe(graph, last);
    }
    return graph.layers();
  }

  /**
   * Freezes layers: training leaves their parameters as they are, and a frozen batch normalisation
   * works with its moving statistics and leaves those as they are too. All other layers train.
   *
   * <p>What lies below the lowest layer that trains takes no part in the backward pass.
   *
   * @param names the names of the layers to freeze; those of layers without parameters do not
   *     matter
   */
  public final void freeze(Predicate<String> names) {
    layers.freeze(names);
    layers.setInputTrained(GradientFlow.inputTrained(layerInfos())::contains);
    trained = null;
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

  /** Draws all parameters anew from the initialisers; called by the generated constructor. */
  public final void initialize() {
    layers.initialize(options.seed(), options.initializer());
  }

  /**
   * Plans training for a batch size (nothing where it is the last one's) and returns the input
   * tensor [n,H,W,C], which the caller fills before {@link #forwardBackward}.
   *
   * @throws IllegalArgumentException where the batch takes more values than one array holds
   * @throws IllegalStateException where the network has no head, or after {@link #foldForGood}
   */
  public final Tensor trainingInput(int n) {
    requireTrainable();
    if (trainingInput != null && trainingInput.shape().n() == n) {
      return trainingInput;
    }
    plan(n, this::planTraining);
    return trainingInput;
  }

  private void requireTrainable() {
    if (!hasTop()) {
      throw new IllegalStateException(
          name + " was built without its top: it infers its last map, but cannot be trained");
    }
    if (foldedForGood) {
      throw new IllegalStateException("the network is folded for good and cannot train");
    }
  }

  private void planTraining(ArenaPlan plan, int n) {
    trainingInput = plan.acquire(inputShape(n));
    blockOutputs.clear();
    Tensor x = trainingInput;
    for (Block block : blocks) {
      x = block.planForward(plan, x);
      blockOutputs.add(x);
    }
    trainingLogits = x;
    trainingProbabilities = Tensor.zeros(x.shape());
    dLogits = plan.acquire(x.shape());
    Tensor d = dLogits;
    for (int i = blocks.size() - 1; i >= 0; i--) {
      d = blocks.get(i).planBackward(plan, d, i == 0 ? null : blocks.get(i - 1).outputGradient());
    }
    plan.release(trainingInput);
  }

  /** Measures a plan, makes the arena hold it, and plans. */
  private void plan(int n, BiConsumer<ArenaPlan, Integer> planning) {
    int[] extents = measure(n, planning).extents();
    arena = Arrays.copyOf(arena, Math.max(arena.length, extents.length));
    for (int i = 0; i < extents.length; i++) {
      if (arena[i] == null || arena[i].length < extents[i]) {
        arena[i] = Arena.allocate(extents[i] - Arena.FIRST);
      }
    }
    planning.accept(ArenaPlan.over(Arena.LARGEST, arena), n);
  }

  /** Returns a plan that was walked through. What was planned before is void. */
  private ArenaPlan measure(int n, BiConsumer<ArenaPlan, Integer> planning) {
    try {
      ArenaPlan measured = ArenaPlan.measuring();
      planning.accept(measured, n);
      return measured;
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a batch of "
              + n
              + " images of "
              + image.h()
              + "x"
              + image.w()
              + " takes more than the 2^31 - 1 values that one array holds; use a smaller batch",
          e);
    } finally {
      trainingInput = null;
      inferenceInput = null;
    }
  }

  /**
   * Forward pass, softmax cross-entropy and backward pass over the training input. Batch norm
   * updates its moving statistics. Allocates nothing after the first call per plan.
   *
   * @param labels class of each image; at least n values, n as planned
   * @return mean loss of the batch
   * @throws IllegalStateException where no training is planned
   * @throws IllegalArgumentException where a label is none of the classes
   */
  public final double forwardBackward(int[] labels) {
    requireTrainingInput();
    checkLabels(labels);
    forward(true);
    double loss = SoftmaxCrossEntropy.backward(trainingLogits, labels, dLogits);
    layers.store().setFolding(false);
    for (int i = blocks.size() - 1; i >= 0; i--) {
      blocks.get(i).backward();
    }
    layers.store().changed();
    return loss;
  }

  /**
   * Runs a forward and a backward pass over images of zeros and leaves all parameters as they are.
   * A new JVM interprets the kernels until it has compiled them: a few images keep it as busy with
   * compiling as a whole batch, which it would interpret for seconds. The training input is planned
   * anew.
   *
   * @param n number of images
   */
  public final void warmUp(int n) {
    Tensor input = trainingInput(n);
    int from = input.offset();
    Arrays.fill(input.data(), from, from + input.shape().size(), 0);
    layers.store().keepingState(() -> forwardBackward(new int[n]));
  }

  /**
   * The forward pass alone over the training input, without folding. Until the next pass {@link
   * #blockOutputs} and {@link #trainingProbabilities} hold its results.
   *
   * @param training whether batch norm works, and updates its statistics, as in training
   */
  public final void forward(boolean training) {
    requireTrainingInput();
    layers.setTraining(training);
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).forward();
    }
    SoftmaxCrossEntropy.forward(trainingLogits, trainingProbabilities);
    if (training) {
      layers.store().changed();
    }
  }

  /** Returns the outputs of the training plan's blocks: stem, blocks in order, head (logits). */
  public final List<Tensor> blockOutputs() {
    requireTrainingInput();
    return List.copyOf(blockOutputs);
  }

  private void requireTrainingInput() {
    if (trainingInput == null) {
      throw new IllegalStateException("no training input: call trainingInput first");
    }
  }

  private void checkLabels(int[] labels) {
    int n = trainingInput.shape().n();
    if (labels.length < n) {
      throw new IllegalArgumentException("wanted " + n + " labels, got " + labels.length);
    }
    for (int i = 0; i < n; i++) {
      if (labels[i] < 0 || labels[i] >= classes()) {
        throw new IllegalArgumentException(
            "label " + labels[i] + " is none of the " + classes() + " classes");
      }
    }
  }

  /** Returns the class probabilities [n,1,1,classes] of the last {@link #forwardBackward}. */
  public final Tensor trainingProbabilities() {
    return trainingProbabilities;
  }

  /** Returns a new array of zeros for an optimiser's slot: indexed as the trained parameters. */
  public final float[] newSlot() {
    return Arena.allocate(layers.store().end());
  }

  /**
   * Changes the parameters that train by one step of an optimiser.
   *
   * @throws IllegalArgumentException where a layer's factor of the learning rate is not positive
   */
  public final void update(Optimizer optimizer) {
    ParameterStore store = layers.store();
    if (trained == null) {
      trained = store.trainedRanges(rateFactors);
    }
    optimizer.step(store.values(), store.gradients(), trained, options.pool());
    store.changed();
  }

  /**
   * Plans inference for a batch size and returns the input tensor [n,H,W,C], which the caller fills
   * before {@link #infer}.
   */
  public final Tensor inferenceInput(int n) {
    if (inferenceInput != null && inferenceInput.shape().n() == n) {
      return inferenceInput;
    }
    plan(n, this::planInference);
    return inferenceInput;
  }

  private void planInference(ArenaPlan plan, int n) {
    inferenceInput = plan.acquire(inputShape(n));
    Tensor x = inferenceInput;
    for (Block block : blocks) {
      x = folds() ? block.planInference(plan, x) : block.planForward(plan, x);
    }
    inferenceLogits = x;
    inferenceProbabilities = hasTop() ? Tensor.zeros(x.shape()) : x;
  }

  /** Normalisation by the batch's own statistics cannot be folded into weights. */
  private boolean folds() {
    return mode != BatchNorm.Mode.ALWAYS_BATCH;
  }

  /**
   * Returns the class probabilities [n,1,1,classes] of the inference input; without a top the last
   * map [n,h,w,c], which holds until the next pass. Folds the normalisations where parameters have
   * changed.
   *
   * @throws IllegalStateException where no inference is planned
   */
  public final Tensor infer() {
    if (inferenceInput == null) {
      throw new IllegalStateException("no inference input: call inferenceInput first");
    }
    if (folds()) {
      fold();
    } else {
      layers.setTraining(false);
    }
    for (int i = 0; i < blocks.size(); i++) {
      if (folds()) {
        blocks.get(i).infer();
      } else {
        blocks.get(i).forward();
      }
    }
    if (hasTop()) {
      SoftmaxCrossEntropy.forward(inferenceLogits, inferenceProbabilities);
    }
    return inferenceProbabilities;
  }

  /**
   * Folds the normalisations into the parameters themselves, once: from now on the network infers
   * only, in half the memory, and its parameters mean nothing by themselves.
   */
  public final void foldForGood() {
    if (folds() && !foldedForGood) {
      layers.store().foldInPlace();
      // Whatever was folded before lies elsewhere.
      foldedVersion = -1;
      fold();
    }
    foldedForGood = true;
  }

  private void fold() {
    ParameterStore store = layers.store();
    long version = store.version();
    if (foldedForGood) {
      if (version != foldedVersion) {
        throw new IllegalStateException("parameters were set after they were folded for good");
      }
      return;
    }
    if (version != foldedVersion || !store.folding()) {
      store.setFolding(true);
      for (Block block : blocks) {
        block.fold();
      }
      foldedVersion = version;
    }
  }

  /**
   * Chooses whether inference keeps weights that it has transformed for all calls until parameters
   * change, as it does from the start, or transforms them in each call. The latter saves memory
   * beside training's (109 MiB for ResNet50); results are the same. Training a model switches this
   * off while it runs.
   */
  public final void keepTransformedWeights(boolean keep) {
    layers.keepTransformedWeights(keep);
  }

  /**
   * Returns the bytes that activations and gradients of a training step of n images take, without
   * taking them. What was planned before is void.
   *
   * @throws IllegalArgumentException where the batch takes more values than one array holds
   * @throws IllegalStateException where the network cannot train, as {@link #trainingInput}
   */
  public final long trainingArenaBytes(int n) {
    requireTrainable();
    return Float.BYTES * measure(n, this::planTraining).size();
  }
}
