package dev.lanewise.model.run;

import dev.lanewise.exchange.ShardTree;
import dev.lanewise.exchange.ShardTree.Node;
import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.model.data.BatchPart;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What workers tell each other of a batch beside its gradients: who asks for an end, the losses of
 * the shards, what the network says of the images and what is right, and how far the moving
 * statistics have moved. So all workers measure the same, and end at the same step.
 */
final class BatchExchange {
  private final WorkerGroup group;
  private final int shards;
  private final ShardTree tree;
  private final int width;
  private final int moveSize;
  private String stop;

  /**
   * Prepares a training.
   *
   * @param width outputs of an image
   * @param moveSize how many moving statistics there are
   */
  BatchExchange(WorkerGroup group, int shards, int width, int moveSize) {
    this.group = group;
    this.shards = shards;
    this.tree = new ShardTree(shards);
    this.width = width;
    this.moveSize = moveSize;
  }

  /**
   * Tells the other workers of this one's part, and hears of theirs.
   *
   * @param stop why this worker asks for an end; null where it does not
   * @param images of the whole batch
   * @param losses by shard
   * @param outputs of all images
   * @param targets of all images
   * @param moves of this worker's nodes of the tree
   * @return how far all shards together have moved the statistics; may be the first of the moves
   */
  float[] exchange(
      String stop, int images, double[] losses, float[] outputs, float[] targets, float[][] moves) {
    byte[] reason = (stop == null ? "" : stop).getBytes(StandardCharsets.UTF_8);
    ByteBuffer own = LittleEndian.of(new byte[reason.length + size(group.rank(), images)]);
    writeOwn(own, images, losses, outputs, targets, moves);
    own.put(reason);
    byte[][] all = group.allGather(own.array());
    Deque<float[]> sums = new ArrayDeque<>();
    for (int rank = 0; rank < all.length; rank++) {
      ByteBuffer from = LittleEndian.of(all[rank]);
      read(from, rank, images, losses, outputs, targets);
      addMoves(from, rank, sums);
      if (this.stop == null && from.hasRemaining()) {
        String asked = StandardCharsets.UTF_8.decode(from).toString();
        this.stop = rank == group.rank() ? asked : "worker " + rank + ", by " + asked;
      }
    }
    return sums.pop();
  }

  private void writeOwn(
      ByteBuffer own,
      int images,
      double[] losses,
      float[] outputs,
      float[] targets,
      float[][] moves) {
    BatchPart part = part(group.rank());
    for (int shard = part.first(); shard < part.end(); shard++) {
      own.putDouble(losses[shard]);
    }
    int at = part.from(images) * width;
    int values = part.images(images) * width;
    put(own, outputs, at, values);
    put(own, targets, at, values);
    for (float[] move : moves) {
      put(own, move, 0, moveSize);
    }
  }

  private void read(
      ByteBuffer from, int rank, int images, double[] losses, float[] outputs, float[] targets) {
    BatchPart part = part(rank);
    for (int shard = part.first(); shard < part.end(); shard++) {
      losses[shard] = from.getDouble();
    }
    int at = part.from(images) * width;
    int values = part.images(images) * width;
    get(from, outputs, at, values);
    get(from, targets, at, values);
  }

  private void addMoves(ByteBuffer from, int rank, Deque<float[]> sums) {
    BatchPart part = part(rank);
    for (Node node : tree.cover(part.first(), part.end())) {
      float[] move = new float[moveSize];
      get(from, move, 0, moveSize);
      sums.push(move);
      for (int i = tree.merges(node, 0); i > 0; i--) {
        float[] right = sums.pop();
        float[] left = sums.element();
        for (int k = 0; k < moveSize; k++) {
          left[k] += right[k];
        }
      }
    }
  }

  private BatchPart part(int rank) {
    return BatchPart.of(rank, group.size(), shards);
  }

  /** Returns the bytes that a worker tells, but for the reason to end. */
  private int size(int rank, int images) {
    BatchPart part = part(rank);
    int nodes = tree.cover(part.first(), part.end()).size();
    int floats = 2 * part.images(images) * width + nodes * moveSize;
    return Double.BYTES * (part.end() - part.first()) + Float.BYTES * floats;
  }

  private static void put(ByteBuffer to, float[] values, int at, int n) {
    to.asFloatBuffer().put(values, at, n);
    to.position(to.position() + n * Float.BYTES);
  }

  private static void get(ByteBuffer from, float[] values, int at, int n) {
    from.asFloatBuffer().get(values, at, n);
    from.position(from.position() + n * Float.BYTES);
  }

  /** Returns why one of the workers asks for an end; null where none does. */
  String stop() {
    return stop;
  }
}
