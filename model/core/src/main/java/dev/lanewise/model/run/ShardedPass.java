package dev.lanewise.model.run;

import dev.lanewise.exchange.ShardTree;
import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.layer.StatisticsCopy;
import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.BatchPart;
import dev.lanewise.model.training.BatchLoss;
import dev.lanewise.model.training.Loss;
import dev.lanewise.network.BlockGradients;
import dev.lanewise.network.GradientListener;
import dev.lanewise.network.Network;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.ParameterRange;
import java.util.Arrays;
import java.util.List;

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
  private final BatchLoss batchLoss;
  private final int width;

  /** Where gradients lie, by block. */
  private final List<List<ParameterRange>> blocks;

  private final ShardStack gradients;
  private final GradientSum summing;
  private final GradientListener adding = this::add;

  /** Moving statistics before the batch. */
  private final StatisticsCopy statistics;

  private final ShardStack moves;
  private final List<ParameterRange> allMoves;
  private final double[] losses;
  private final BatchExchange others;

  /** How far a shard has moved the statistics. */
  private final float[] move;

  /** Gradients of a shard without images; null until there is one. */
  private float[] none;

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
   */
  ShardedPass(Network network, PassCache passes, Loss loss, WorkerGroup group, BatchPart part) {
    this.network = network;
    this.passes = passes;
    this.group = group;
    this.part = part;
    this.tree = new ShardTree(part.shards());
    this.batchLoss = new BatchLoss(loss);
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
    int first = part.from(images);
    System.arraycopy(batch.targets(), 0, targets, first * width, batch.size() * width);
    float[] values = null;
    for (int shard = part.first(); shard < part.end(); shard++) {
      int from = part.from(shard, images);
      int size = part.from(shard + 1, images) - from;
      gradients.begin(shard);
      moves.begin(shard);
      if (size == 0) {
        values = skip(shard);
        continue;
      }
      TrainingPass pass = fed(batch, from - first, size);
      draws.prepare(pass, shard);
      losses[shard] =
          pass.forwardBackward(batchLoss.with(compared, (from - first) * width, divisor));
      values = pass.gradients();
      System.arraycopy(
          pass.outputs().data(), pass.outputs().offset(), outputs, from * width, size * width);
      moved((float) size / images);
    }
    if (part.shards() > 1) {
      float[][] own = moves.terms(move);
      statistics.restoreAt(
          group.size() == 1
              ? own[0]
              : others.exchange(stop, images, losses, outputs, targets, own));
      summing.await();
    }
    sum = gradients.terms(values)[0];
    return tree.sum(losses);
  }

  private void reserve(int images) {
    if (outputs.length < images * width) {
      outputs = new float[images * width];
      targets = new float[images * width];
    }
  }

  private TrainingPass fed(Batch batch, int at, int size) {
    TrainingPass pass = passes.training(size);
    pass.setGradientListener(part.shards() == 1 ? null : adding);
    Tensor input = pass.input();
    int values = input.shape().size();
    System.arraycopy(batch.images(), at * (values / size), input.data(), input.offset(), values);
    return pass;
  }

  private void add(BlockGradients block) {
    add(block.index(), block.values());
  }

  private void add(int block, float[] values) {
    if (gradients.isLast() && block == blocks.size() - 1) {
      summing.begin(gradients.terms(values));
    }
    gradients.take(values, blocks.get(block));
    if (gradients.isLast()) {
      summing.blockDone(block);
    }
  }

  private void moved(float weight) {
    if (part.shards() > 1) {
      statistics.distance(weight, move);
      statistics.restore();
      moves.take(move, allMoves);
    }
  }

  /** Takes a shard without images for one whose gradients are zeros; returns these. */
  private float[] skip(int shard) {
    if (none == null) {
      none = network.newParameterArray();
    }
    // They may have become the sum of all.
    Arrays.fill(none, 0);
    for (int block = blocks.size() - 1; block >= 0; block--) {
      add(block, none);
    }
    losses[shard] = 0;
    Arrays.fill(move, 0);
    moves.take(move, allMoves);
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
