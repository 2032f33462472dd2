package dev.lanewise.network;

import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.train.KernelInitializer;

/**
 * What a network is told at run time.
 *
 * @param height rows of the input images
 * @param width columns of the input images
 * @param classes number of classes; 0 for a network without its top, see {@link #withoutTop}
 * @param seed seed of the initialisers that have none of their own
 * @param initializer used for every kernel instead of the network's own initialisers; null to keep
 *     those
 * @param pool threads that do the work
 * @param head what the network makes of its logits
 */
public record NetworkOptions(
    int height,
    int width,
    int classes,
    long seed,
    KernelInitializer initializer,
    WorkerPool pool,
    HeadActivation head) {
  /** Checks the number of classes. */
  public NetworkOptions {
    if (classes < 0) {
      throw new IllegalArgumentException(
          "a network requires one class or more, or 0 for no top, got " + classes);
    }
  }

  /**
   * Options for a network whose head is softmax.
   *
   * @param height rows of the input images
   * @param width columns of the input images
   * @param classes number of classes; 0 for a network without its top, see {@link #withoutTop}
   * @param seed seed of the initialisers that have none of their own
   * @param initializer used for every kernel instead of the network's own initialisers; null to
   *     keep those
   * @param pool threads that do the work
   */
  public NetworkOptions(
      int height,
      int width,
      int classes,
      long seed,
      KernelInitializer initializer,
      WorkerPool pool) {
    this(height, width, classes, seed, initializer, pool, HeadActivation.SOFTMAX);
  }

  /**
   * {@return these options with another head}
   *
   * @param head what the network makes of its logits
   */
  public NetworkOptions withHead(HeadActivation head) {
    return new NetworkOptions(height, width, classes, seed, initializer, pool, head);
  }

  /**
   * {@return options for a network without its head: {@link InferencePass#infer} then returns the
   * last map, and there is no training}
   *
   * @param height rows of the input images
   * @param width columns of the input images
   * @param seed seed of the initialisers that have none of their own
   * @param initializer used for every kernel instead of the network's own initialisers; null to
   *     keep those
   * @param pool threads that do the work
   */
  public static NetworkOptions withoutTop(
      int height, int width, long seed, KernelInitializer initializer, WorkerPool pool) {
    return new NetworkOptions(height, width, 0, seed, initializer, pool);
  }
}
