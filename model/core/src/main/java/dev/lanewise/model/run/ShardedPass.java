package dev.lanewise.model.run;

import dev.lanewise.exchange.ShardTree;
import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.layer.StatisticsCopy;
import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.BatchPart;
import dev.lanewise.model.training.BatchLoss;
import dev.lanewise.model.training.Loss;
import dev.lanewise.network.GradientListener;
import dev.lanewise.network.Network;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.ParameterRange;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Forward and backward passes over the shards of a batch, one after the other. Each starts from the
 * same moving statistics; how far it moves these, its gradients and its loss are added to those of
 * the others in the order of a tree.
 */
final class ShardedPass {
  private final PassCache passes;
  private final Network network;
  private final WorkerGroup group;
  private final BatchPart part;
  private final ShardTree tree;

  /** By shard of this process. */
  private final BatchLoss[] batchLosses;

  private final int width;

  /** Where gradients lie, by block. */
  private final List<List<ParameterRange>> blocks;

  private final ShardStack gradients;
  private final GradientSum summing;

  /** By shard of this process. */
  private final GradientListener[] adding;

  /** Moving statistics before the batch. */
  private final StatisticsCopy statistics;

  private final ShardStack moves;
  private final List<ParameterRange> allMoves;
  private final double[] losses;
  private final BatchExchange others;

  /** Null where each shard has statistics of its own. */
  private final Lockstep lockstep;

  /** How far a shard has moved the statistics. */
  private final float[] move;

  /** Gradients of a shard without images; null until there is one. */
  private float[] none;

  /** Whether they were given to a sum over workers, which may have changed them. */
  private boolean noneGiven;

  // Of the batch that is worked on: this process's part, and the first shard of all that has
  // images.
  private Batch batch;
  private int images;
  private float[] compared;
  private double divisor;
  private Draws draws;
  private int updating;

  private float[] values;
  private float[] sum;
  private float[] outputs = {};
  private float[] targets = {};

  /** Prepares a pass for the draws of its shard. */
  @FunctionalInterface
  interface Draws {
    void prepare(TrainingPass pass, int shard);
  }

  /**
   * Prepares the passes of a training.
   *
   * @param group the workers that share the shards, of which this process is one
   * @param part the shards that this process works on
   * @param synchronised whether batch statistics are those of all shards
   */
  ShardedPass(
      Network network,
      PassCache passes,
      Loss loss,
      WorkerGroup group,
      BatchPart part,
      boolean synchronised) {
    this.network = network;
    this.passes = passes;
    this.group = group;
    this.part = part;
    this.tree = new ShardTree(part.shards());
    this.width = network.classes();
    this.blocks = network.blockRanges();
    this.gradients = new ShardStack(part, network::newParameterArray, network.pool());
    this.statistics = network.copyStatistics();
    this.move = new float[statistics.size()];
    this.moves = new ShardStack(part, () -> new float[move.length], network.pool());
    this.allMoves = move.length == 0 ? List.of() : List.of(ParameterRange.of(0, move.length));
    this.losses = new double[part.shards()];
    this.summing = new GradientSum(group, tree, blocks);
    this.others = new BatchExchange(group, part.shards(), width, move.length);
    this.lockstep = synchronised && part.shards() > 1 ? new Lockstep(group) : null;
    this.adding = new GradientListener[part.end() - part.first()];
    this.batchLosses = new BatchLoss[adding.length];
    for (int i = 0; i < adding.length; i++) {
      int shard = part.first() + i;
      batchLosses[i] = new BatchLoss(loss);
      adding[i] = block -> add(shard, block.index(), block.values());
    }
  }

  /**
   * Does the forward and the backward pass of a batch.
   *
   * @param batch this process's part of it
   * @param images of the whole batch
   * @param compared what the loss compares the part with
   * @param divisor what the sum of the images' losses is divided by
   * @param draws prepares each pass
   * @param stop why this worker asks for an end; null where it does not
   * @return the sum of all images' losses, divided
   */
  double run(Batch batch, int images, float[] compared, double divisor, Draws draws, String stop) {
    reserve(images);
    statistics.take();
    this.batch = batch;
    this.images = images;
    this.compared = compared;
    this.divisor = divisor;
    this.draws = draws;
    System.arraycopy(batch.targets(), 0, targets, part.from(images) * width, batch.size() * width);
    if (lockstep == null) {
      runInTurn();
    } else {
      runInStep();
    }
    addEmptyEnd();
    if (part.shards() > 1) {
      float[][] own = moves.terms(move);
      statistics.restoreAt(
          group.size() == 1
              ? own[0]
              : others.exchange(stop, images, losses, outputs, targets, own));
      summing.await();
    }
    sum = gradients.terms(values)[0];
    noneGiven |= values == none;
    return tree.sum(losses);
  }

  private void reserve(int images) {
    if (outputs.length < images * width) {
      outputs = new float[images * width];
      targets = new float[images * width];
    }
  }

  private int size(int shard) {
    return part.from(shard + 1, images) - part.from(shard, images);
  }

  /** Each shard by itself, one after the other. */
  private void runInTurn() {
    for (int shard = part.first(); shard < part.end(); shard++) {
      if (size(shard) > 0) {
        run(shard, fed(shard, 0));
      } else {
        losses[shard] = 0;
      }
      if (part.shards() > 1) {
        statistics.distance((float) size(shard) / images, move);
        statistics.restore();
        moves.take(shard, move, allMoves);
      }
    }
  }

  /**
   * All shards side by side, with common statistics: what one of them makes of these is for all.
   */
  private void runInStep() {
    updating = 0;
    while (size(updating) == 0) {
      updating++;
    }
    int[] filled =
        IntStream.range(part.first(), part.end()).filter(shard -> size(shard) > 0).toArray();
    lockstep.run(
        filled.length,
        i -> {
          int shard = filled[i];
          TrainingPass pass = fed(shard, shard - part.first());
          pass.setShards(lockstep.statistics(i), shard == updating);
          try {
            run(shard, pass);
          } finally {
            // Others use the pass, too.
            pass.setShards(null, true);
          }
        });
    for (int shard = part.first(); shard < part.end(); shard++) {
      if (size(shard) == 0) {
        losses[shard] = 0;
      }
      statistics.distance(shard == updating ? 1 : 0, move);
      moves.take(shard, move, allMoves);
    }
  }

  /** Returns the pass of a shard over its images. */
  private TrainingPass fed(int shard, int memory) {
    int at = part.from(shard, images) - part.from(images);
    TrainingPass pass = passes.training(size(shard), memory);
    Tensor input = pass.input();
    int values = input.shape().size();
    int ofImage = values / size(shard);
    System.arraycopy(batch.images(), at * ofImage, input.data(), input.offset(), values);
    return pass;
  }

  private void run(int shard, TrainingPass pass) {
    int from = part.from(shard, images);
    int at = from - part.from(images);
    int own = shard - part.first();
    pass.setGradientListener(part.shards() == 1 ? null : adding[own]);
    draws.prepare(pass, shard);
    losses[shard] = pass.forwardBackward(batchLosses[own].with(compared, at * width, divisor));
    values = pass.gradients();
    Tensor made = pass.outputs();
    System.arraycopy(made.data(), made.offset(), outputs, from * width, size(shard) * width);
  }

  /** Adds the gradients of a block, after those of the empty shards in front. */
  private void add(int shard, int block, float[] values) {
    int empty = shard;
    while (empty > part.first() && size(empty - 1) == 0) {
      empty--;
    }
    for (; empty < shard; empty++) {
      addOne(empty, block, none());
    }
    addOne(shard, block, values);
  }

  private void addOne(int shard, int block, float[] values) {
    boolean last = gradients.isLast(shard);
    if (last && block == blocks.size() - 1) {
      summing.begin(gradients.terms(values));
    }
    gradients.take(shard, values, blocks.get(block));
    if (last) {
      summing.blockDone(block);
    }
  }

  /** Adds the gradients of the empty shards at the end of this process's. */
  private void addEmptyEnd() {
    int from = part.end();
    while (from > part.first() && size(from - 1) == 0) {
      from--;
    }
    if (from == part.end()) {
      return;
    }
    values = none();
    for (int block = blocks.size() - 1; block >= 0; block--) {
      for (int shard = from; shard < part.end(); shard++) {
        addOne(shard, block, values);
      }
    }
  }

  /** Returns gradients of zeros. */
  private float[] none() {
    if (none == null) {
      none = network.newParameterArray();
    } else if (noneGiven) {
      Arrays.fill(none, 0);
    }
    noneGiven = false;
    return none;
  }

  /** Returns why all workers end now; null where none has asked for it. */
  String stop() {
    return others.stop();
  }

  /** Undoes what the last batch did to the moving statistics. */
  void undo() {
    statistics.restore();
  }

  /** Returns the gradients of the last batch. */
  float[] gradients() {
    return sum;
  }

  /** Returns what the network said of the images of the last batch, [images,outputs]. */
  float[] outputs() {
    return outputs;
  }

  /** Returns what is right of them, [images,outputs]. */
  float[] targets() {
    return targets;
  }
}
