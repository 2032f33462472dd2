package dev.lanewise.model;

import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.run.ClassNames;
import dev.lanewise.network.HeadActivation;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.train.KernelInitializer;
import java.util.List;

/**
 * What a new model is told.
 *
 * @param height rows of the input images
 * @param width columns of the input images
 * @param classNames names of the classes, by class index; at least two. With another head than
 *     softmax those of the labels or numbers, at least one
 * @param threads threads that work, the caller's included
 * @param seed seed of the kernels' first values and, unless training says otherwise, of shuffling
 * @param initializer draws every kernel, instead of the network's own initialisers; null to keep
 *     those
 * @param preprocessing how images become what the network takes; null for what is usual with the
 *     network: pixels / 255, unless its {@link Networks.Entry} says otherwise
 * @param head what the network makes of its logits: softmax for one of several classes, sigmoid for
 *     any number of labels, linear for numbers
 */
public record ModelOptions(
    int height,
    int width,
    List<String> classNames,
    int threads,
    long seed,
    KernelInitializer initializer,
    Preprocessing preprocessing,
    HeadActivation head) {
  /**
   * Copies the names.
   *
   * @throws ModelException where an extent or the threads are not positive, or the names are too
   *     few, not distinct or blank
   */
  public ModelOptions {
    if (height < 1 || width < 1) {
      throw new ModelException(
          "the input requires a positive height and width, got " + height + "x" + width);
    }
    classNames = ClassNames.checked(classNames, head);
    if (threads < 1 || threads > WorkerPool.MOST_THREADS) {
      throw new ModelException(
          "a model requires from 1 to " + WorkerPool.MOST_THREADS + " threads, got " + threads);
    }
  }

  /**
   * {@return options with one thread per processor, seed 0, softmax, and the network's own
   * initialisers and preprocessing}
   *
   * @param height rows of the input images
   * @param width columns of the input images
   * @param classNames names of the classes, by class index; at least two
   */
  public static ModelOptions of(int height, int width, List<String> classNames) {
    return of(height, width, classNames, HeadActivation.SOFTMAX);
  }

  /**
   * {@return options as those of {@link #of(int, int, List)} with any head}
   *
   * @param height rows of the input images
   * @param width columns of the input images
   * @param names of the classes, labels or numbers
   * @param head what the network makes of its logits
   */
  public static ModelOptions of(int height, int width, List<String> names, HeadActivation head) {
    return new ModelOptions(
        height, width, names, Runtime.getRuntime().availableProcessors(), 0, null, null, head);
  }

  /**
   * {@return these options with another number of threads}
   *
   * @param threads threads that work, the caller's included
   */
  public ModelOptions withThreads(int threads) {
    return new ModelOptions(
        height, width, classNames, threads, seed, initializer, preprocessing, head);
  }

  /**
   * {@return these options with another seed}
   *
   * @param seed seed of the kernels' first values and, unless training says otherwise, of shuffling
   */
  public ModelOptions withSeed(long seed) {
    return new ModelOptions(
        height, width, classNames, threads, seed, initializer, preprocessing, head);
  }

  /**
   * {@return these options with an initialiser for every kernel}
   *
   * @param initializer draws every kernel; null for the network's own initialisers
   */
  public ModelOptions withInitializer(KernelInitializer initializer) {
    return new ModelOptions(
        height, width, classNames, threads, seed, initializer, preprocessing, head);
  }

  /**
   * {@return these options with another preprocessing}
   *
   * @param preprocessing how images become what the network takes; null for what is usual with the
   *     network
   */
  public ModelOptions withPreprocessing(Preprocessing preprocessing) {
    return new ModelOptions(
        height, width, classNames, threads, seed, initializer, preprocessing, head);
  }

  /** Returns these options, with a preprocessing where they say none. */
  ModelOptions orPreprocessing(Preprocessing usual) {
    return preprocessing == null ? withPreprocessing(usual) : this;
  }
}
