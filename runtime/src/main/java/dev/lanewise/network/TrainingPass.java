package dev.lanewise.network;

import dev.lanewise.kernel.SharedStatistics;
import dev.lanewise.layer.Branch;
import dev.lanewise.layer.Parameter;
import dev.lanewise.layer.ParameterStore;
import dev.lanewise.layer.PassMemory;
import dev.lanewise.layer.TrainingContext;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Optimizer;
import java.util.Arrays;
import java.util.List;

/**
 * Training of a network with batches of one size: fill {@link #input}, call {@link
 * #forwardBackward}, then {@link #update}. Several passes over one network take turns; one thread
 * at a time may use them.
 *
 * <p>A pass is planned for the layers that train at that time. After {@link Network#freeze}, and
 * where its memory was lent to a larger pass, another pass has to be planned.
 */
public final class TrainingPass {
  private final Network network;
  private final ParameterStore store;
  private final PassMemory memory;
  private final TrainingContext context;
  private final PlannedTraining plan;
  private final Tensor outputs;
  private final List<Branch> branches;
  private final BlockGradients[] blockGradients;
  private final SoftmaxCrossEntropy crossEntropy = new SoftmaxCrossEntropy();
  private final long freezing;
  private final int generation;

  private GradientListener listener;
  private long dropoutSeed;
  private float[] gradients;

  /** Plans a pass for n images. */
  TrainingPass(Network network, int n, PassMemory memory) {
    this.network = network;
    this.store = network.store();
    this.memory = memory;
    this.context = new TrainingContext(memory.scratch(), () -> gradients);
    this.plan = new PlannedTraining(network.training(context));
    ArenaPlan measured = memory.measuring();
    plan.walk(measured, network.inputShape(n));
    plan.walk(memory.plan(measured), network.inputShape(n));
    this.branches = context.branches();
    this.dropoutSeed = network.seed();
    this.outputs = Tensor.zeros(plan.logits().shape());
    this.blockGradients = network.blockGradients();
    this.freezing = network.freezing();
    this.generation = memory.generation();
  }

  /** {@return the number of images of a batch} */
  public int images() {
    return plan.input().shape().n();
  }

  /**
   * {@return whether the pass can run: no layer was frozen or unfrozen since it was planned, and
   * its memory was not given to a larger pass}
   */
  public boolean isCurrent() {
    return freezing == network.freezing() && generation == memory.generation();
  }

  /**
   * Takes over the memory, where it is shared, and returns the input, which the caller fills. It
   * stays filled until another pass takes over the memory.
   *
   * @return the input [N,H,W,C]
   * @throws IllegalStateException where the pass is not {@link #isCurrent} any more
   */
  public Tensor input() {
    requireCurrent();
    memory.take(this);
    return plan.input();
  }

  /**
   * Forward pass, cross-entropy by softmax and backward pass over the input; the loss is the mean
   * over the batch. Batch normalisations update their moving statistics. Allocates nothing after
   * the first call.
   *
   * @param labels class of each image; further values are ignored
   * @return mean loss of the batch
   * @throws IllegalArgumentException where labels are missing, or one is none of the classes
   * @throws IllegalStateException where the input was not filled, or another pass has taken over
   *     the memory since
   */
  public double forwardBackward(int[] labels) {
    return forwardBackward(labels, images());
  }

  /**
   * As {@link #forwardBackward(int[])}, where the batch is a part of a larger one.
   *
   * @param labels class of each image; further values are ignored
   * @param divisor what the sum of the images' losses is divided by: the number of images of the
   *     whole batch
   * @return the sum of the losses, divided
   * @throws IllegalArgumentException where labels are missing, or one is none of the classes, or
   *     the divisor is not positive and finite
   * @throws IllegalStateException as {@link #forwardBackward(int[])}
   */
  public double forwardBackward(int[] labels, double divisor) {
    crossEntropy.set(labels, divisor);
    crossEntropy.checkLabels(plan.logits().shape());
    return forwardBackward(crossEntropy);
  }

  /**
   * As {@link #forwardBackward(int[])}, with any loss.
   *
   * @param loss makes the gradient of the logits
   * @return what the loss returns
   * @throws IllegalStateException as {@link #forwardBackward(int[])}
   */
  public double forwardBackward(LossFunction loss) {
    return run(loss, listener);
  }

  /**
   * {@return the number of residual branches: of the blocks that add a branch which ends in a batch
   * normalisation, or in a gate, to a shortcut}
   */
  public int branches() {
    return branches.size();
  }

  /**
   * Multiplies what residual branches add to their shortcuts, in the next {@link #forwardBackward}
   * alone: stochastic depth (Huang et al. 2016) drops a branch by 0, and makes up for it by a gain
   * above 1 where it does not.
   *
   * @param gains of each branch, in the order of the forward pass; finite
   * @throws IllegalArgumentException where their number is not that of the branches
   */
  public void setBranchGains(double[] gains) {
    if (gains.length != branches.size()) {
      throw new IllegalArgumentException(
          branches.size() + " branches require as many gains, got " + gains.length);
    }
    for (int i = 0; i < gains.length; i++) {
      branches.get(i).setGain(gains[i]);
    }
  }

  /**
   * Decides what dropouts leave out in the next {@link #forwardBackward}: the same seed leaves out
   * the same values. Each pass begins with the network's seed, and goes on to the next number after
   * each call.
   *
   * @param seed any number
   */
  public void setDropoutSeed(long seed) {
    dropoutSeed = seed;
  }

  /**
   * Makes the statistics of batch normalisations those of all shards of a batch, of which this
   * pass's images are one.
   *
   * @param shards what they tell each other; null where the batch is whole
   * @param updates whether this pass updates the moving statistics, as one of the shards' has to
   */
  public void setShards(SharedStatistics shards, boolean updates) {
    context.setShards(shards, updates);
  }

  private double run(LossFunction loss, GradientListener listener) {
    context.setDropoutSeed(dropoutSeed++);
    try {
      return forwardAndBackward(loss, listener);
    } finally {
      for (int i = 0; i < branches.size(); i++) {
        branches.get(i).setGain(1);
      }
    }
  }

  private double forwardAndBackward(LossFunction loss, GradientListener listener) {
    forward(true);
    double value = loss.apply(plan.logits(), plan.dLogits());
    gradients = memory.takeParameters(this, store.end());
    List<BlockTraining> blocks = plan.blocks();
    for (int i = blocks.size() - 1; i >= 0; i--) {
      blocks.get(i).backward();
      if (listener != null) {
        blockGradients[i].setValues(gradients);
        listener.blockDone(blockGradients[i]);
      }
    }
    return value;
  }

  /**
   * The forward pass alone over the input, without folding. Until the next pass over the memory
   * {@link #blockOutputs} holds its results.
   *
   * @param training whether batch normalisations work, and update their statistics, as in training
   * @throws IllegalStateException as {@link #forwardBackward(int[])}
   */
  public void forward(boolean training) {
    requireCurrent();
    requireHeld("the input is not filled: call input() first");
    context.setTraining(training);
    List<BlockTraining> blocks = plan.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).forward();
    }
    network.head().apply(plan.logits(), outputs);
    if (training) {
      store.changed();
    }
  }

  /**
   * Runs a forward and a backward pass over images of zeros and leaves all parameters as they are;
   * a listener does not hear of it. A new JVM interprets the kernels until it has compiled them: a
   * few images keep it as busy with compiling as a whole batch, which it would interpret for
   * seconds.
   *
   * @throws IllegalStateException where the pass is not {@link #isCurrent} any more
   */
  public void warmUp() {
    Tensor input = input();
    int from = input.offset();
    Arrays.fill(input.data(), from, from + input.shape().size(), 0);
    crossEntropy.set(new int[images()], images());
    store.preservingState(() -> run(crossEntropy, null));
  }

  /**
   * Chooses who sees the gradients of each block as soon as they are final.
   *
   * @param listener called in each backward pass but those of {@link #warmUp}; null for none
   */
  public void setGradientListener(GradientListener listener) {
    this.listener = listener;
  }

  /**
   * {@return what the head made of the logits in the last forward pass, [N,1,1,classes]: with
   * softmax the classes' probabilities}
   */
  public Tensor outputs() {
    return outputs;
  }

  /**
   * {@return what the blocks put out in the last forward pass: stem, blocks in order, head
   * (logits)}
   *
   * @throws IllegalStateException where another pass has taken over the memory
   */
  public List<Tensor> blockOutputs() {
    requireHeld("another pass has overwritten the blocks' outputs");
    return List.copyOf(plan.outputs());
  }

  /**
   * Returns the array of the gradients, which an {@link #update} reads. It may be changed. What
   * belongs to frozen layers has no meaning.
   *
   * @return indexed as {@link Network#newParameterArray}
   * @throws IllegalStateException where there was no backward pass yet, or another pass, or
   *     inference by folded weights, has overwritten the gradients
   */
  public float[] gradients() {
    if (gradients == null) {
      throw new IllegalStateException("gradients require a backward pass first");
    }
    if (!memory.holdsParametersOf(this)) {
      throw new IllegalStateException(
          "another pass has overwritten the gradients; they require another backward pass");
    }
    return gradients;
  }

  /**
   * {@return the gradients by block, the first block's first: for what needs all of them before the
   * {@link #update}, as a norm does}
   *
   * @throws IllegalStateException as {@link #gradients}
   */
  public List<BlockGradients> blockGradients() {
    for (BlockGradients block : blockGradients) {
      block.setValues(gradients());
    }
    return List.of(blockGradients);
  }

  /**
   * Returns the gradient of a parameter.
   *
   * @param parameter one of the network's
   * @return a copy in Keras's layout
   * @throws IllegalStateException where gradients do not train the parameter, or it is frozen, or
   *     as {@link #gradients}
   */
  public float[] gradient(Parameter parameter) {
    requireTrained(parameter);
    return parameter.valuesIn(gradients());
  }

  /**
   * Overwrites the gradient of a parameter.
   *
   * @param parameter one of the network's
   * @param gradient in Keras's layout
   * @throws IllegalArgumentException where the number of values is not the parameter's
   * @throws IllegalStateException as {@link #gradient}
   */
  public void setGradient(Parameter parameter, float[] gradient) {
    requireTrained(parameter);
    parameter.setValuesIn(gradients(), gradient);
  }

  private static void requireTrained(Parameter parameter) {
    if (parameter.frozen()) {
      throw new IllegalStateException(
          parameter.layer() + "/" + parameter.name() + " is frozen and has no gradient");
    }
  }

  /**
   * Changes the parameters that train by one step of an optimiser, by the gradients of the last
   * backward pass.
   *
   * @param optimizer makes the step
   * @throws IllegalArgumentException where a layer's factor of the learning rate is not positive
   * @throws IllegalStateException as {@link #gradients}, or where the pass is not {@link
   *     #isCurrent} any more
   */
  public void update(Optimizer optimizer) {
    requireCurrent();
    network.update(optimizer, gradients(), memory.pool());
  }

  private void requireCurrent() {
    if (freezing != network.freezing()) {
      throw new IllegalStateException(
          "layers were frozen or unfrozen after this pass was planned; plan another");
    }
    if (generation != memory.generation()) {
      throw new IllegalStateException(
          "the memory of this pass was given to a larger one; plan another");
    }
  }

  private void requireHeld(String otherwise) {
    if (!memory.isHeldBy(this)) {
      throw new IllegalStateException(otherwise);
    }
  }
}
