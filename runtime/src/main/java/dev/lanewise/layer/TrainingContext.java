package dev.lanewise.layer;

import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.SharedStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the layers of one training pass share. Blocks make their layers in it in the order of the
 * forward pass, so that each knows whether anything below it is trained.
 */
public final class TrainingContext {
  private final Scratch scratch;
  private final Supplier<float[]> gradients;
  private LayerTraining input;
  private boolean trained;
  private boolean training = true;
  private long dropoutSeed;
  private SharedStatistics shards;
  private boolean updates = true;

  /** In the order of the forward pass; a second walk over the blocks adds none. */
  private final Set<Branch> branches = new LinkedHashSet<>();

  /** What a block reads. */
  private static final class BlockInput extends LayerTraining {
    BlockInput(boolean trained) {
      super(trained);
    }
  }

  /**
   * Starts a pass.
   *
   * @param scratch memory that the pass's kernels work with
   * @param gradients returns the array for the parameters' gradients, indexed as the parameters;
   *     asked for in each backward pass
   */
  public TrainingContext(Scratch scratch, Supplier<float[]> gradients) {
    this(scratch, gradients, false);
  }

  /**
   * Starts a pass over a part of a network.
   *
   * @param scratch memory that the pass's kernels work with
   * @param gradients as above
   * @param inputTrained whether anything is trained that the part's input depends on
   */
  public TrainingContext(Scratch scratch, Supplier<float[]> gradients, boolean inputTrained) {
    this.scratch = scratch;
    this.gradients = gradients;
    this.trained = inputTrained;
    beginBlock();
  }

  /** Begins the block that reads what the blocks so far make. */
  public void beginBlock() {
    input = new BlockInput(trained);
  }

  /** {@return what makes the input of the block that is being made} */
  public LayerTraining input() {
    return input;
  }

  void addBranch(Branch last) {
    branches.add(last);
  }

  /**
   * {@return what ends the branches which joins add to a shortcut, in the order of the forward
   * pass, once the blocks are planned}
   */
  public List<Branch> branches() {
    return List.copyOf(branches);
  }

  void add(LayerTraining layer) {
    trained |= layer.outputTrained();
  }

  /**
   * Chooses the phase of batch normalisations.
   *
   * @param training whether they update their moving statistics, and normalise by the batch's where
   *     their mode says so
   */
  public void setTraining(boolean training) {
    this.training = training;
  }

  /**
   * Chooses what dropouts leave out.
   *
   * @param seed decides all draws until another is set
   */
  public void setDropoutSeed(long seed) {
    this.dropoutSeed = seed;
  }

  /**
   * Makes batch statistics those of all shards of a batch.
   *
   * @param shards what they tell each other; null where the batch is whole
   * @param updates whether this shard's pass updates the moving statistics, as one of them has to
   */
  public void setShards(SharedStatistics shards, boolean updates) {
    this.shards = shards;
    this.updates = updates;
  }

  SharedStatistics shards() {
    return shards;
  }

  /** Returns whether batch normalisations update their moving statistics. */
  boolean updates() {
    return training && updates;
  }

  long dropoutSeed() {
    return dropoutSeed;
  }

  boolean training() {
    return training;
  }

  Scratch scratch() {
    return scratch;
  }

  float[] gradients() {
    return gradients.get();
  }
}
