package dev.lanewise.model.run;

import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.tensor.Tensor;
import java.nio.ByteBuffer;

/**
 * An evaluation whose batches workers share, in turns. After each turn all of them hear what the
 * network says of its images, in the order of the data set.
 */
final class SharedEvaluation {
  private final WorkerGroup group;
  private final ImageDataset images;
  private final int batchSize;
  private final int width;
  private final int batches;
  private final Result result;
  private int turns;

  /** Takes what the network says of some images, and what is right: [n,outputs] each. */
  @FunctionalInterface
  interface Result {
    void add(int n, float[] outputs, float[] targets);
  }

  /**
   * Begins before the first turn.
   *
   * @param width outputs of an image
   * @param result takes the images of all workers
   */
  SharedEvaluation(
      WorkerGroup group, ImageDataset images, int batchSize, int width, Result result) {
    this.group = group;
    this.images = images;
    this.batchSize = batchSize;
    this.width = width;
    this.batches = Math.ceilDiv(images.size(), batchSize);
    this.result = result;
  }

  /** Returns whether this worker has any of the batches. */
  boolean hasOwn() {
    return batches > group.rank();
  }

  /** Returns the images of this worker's batches. */
  ImageDataset own() {
    return new OwnBatches(images, batchSize, group.rank(), group.size());
  }

  /** Tells of this worker's next batch, and hears of the others'. */
  void turn(Batch batch, Tensor outputs) {
    int values = batch.size() * width;
    ByteBuffer own = LittleEndian.of(new byte[2 * values * Float.BYTES]);
    own.asFloatBuffer()
        .put(outputs.data(), outputs.offset(), values)
        .put(batch.targets(), 0, values);
    turn(own.array());
  }

  /** Takes the turn in which only other workers have a batch, where there is one. */
  void finish() {
    if (turns < Math.ceilDiv(batches, group.size())) {
      turn(new byte[0]);
    }
  }

  private void turn(byte[] own) {
    turns++;
    for (byte[] bytes : group.allGather(own)) {
      int values = bytes.length / Float.BYTES / 2;
      float[] outputs = new float[values];
      float[] targets = new float[values];
      LittleEndian.of(bytes).asFloatBuffer().get(outputs).get(targets);
      result.add(values / width, outputs, targets);
    }
  }
}
