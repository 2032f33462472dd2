package dev.lanewise.model;

import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.run.ClassNames;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.train.KernelInitializer;
import java.util.List;

/**
 * What a new model is told.
 *
 * @param height rows of the input images
 * @param width columns of the input images
 * @param classNames names of the classes, by class index; at least two
 * @param threads threads that work, the caller's included
 * @param seed seed of the kernels' first values and, unless training says otherwise, of shuffling
 * @param initializer draws every kernel, instead of the network's own initialisers; null to keep
 *     those
 * @param preprocessing how images become what the network takes; null for what is usual with the
 *     network: pixels / 255, unless its {@link Networks.Entry} says otherwise
 */
public record ModelOptions(
    int height,
    int width,
    List<String> classNames,
    int threads,
    long seed,
    KernelInitializer initializer,
    Preprocessing preprocessing) {
  /**
   * Copies the names.
   *
   * @throws ModelException where an extent or the threads are not positive, or the names are fewer
   *     than two, not distinct or blank
   */
  public ModelOptions {
    if (height < 1 || width < 1) {
      throw new ModelException(
          "the input requires a positive height and width, got " + height + "x" + width);
    }
    classNames = ClassNames.checked(classNames);
    if (threads < 1 || threads > WorkerPool.MOST_THREADS) {
      throw new ModelException(
          "a model requires from 1 to " + WorkerPool.MOST_THREADS + " threads, got " + threads);
    }
  }

  /**
   * {@return options with one thread per processor, seed 0, and the network's own initialisers and
   * preprocessing}
   *
   * @param height rows of the input images
   * @param width columns of the input images
   * @param classNames names of the classes, by class index; at least two
   */
  public static ModelOptions of(int height, int width, List<String> classNames) {
    return new ModelOptions(
        height, width, classNames, Runtime.getRuntime().availableProcessors(), 0, null, null);
  }

  /**
   * {@return these options with another number of threads}
   *
   * @param threads threads that work, the caller's included
   */
  public ModelOptions withThreads(int threads) {
    return new ModelOptions(height, width, classNames, threads, seed, initializer, preprocessing);
  }

  /**
   * {@return these options with another seed}
   *
   * @param seed seed of the kernels' first values and, unless training says otherwise, of shuffling
   */
  public ModelOptions withSeed(long seed) {
    return new ModelOptions(height, width, classNames, threads, seed, initializer, preprocessing);
  }

  /**
   * {@return these options with an initialiser for every kernel}
   *
   * @param initializer draws every kernel; null for the network's own initialisers
   */
  public ModelOptions withInitializer(KernelInitializer initializer) {
    return new ModelOptions(height, width, classNames, threads, seed, initializer, preprocessing);
  }

  /**
   * {@return these options with another preprocessing}
   *
   * @param preprocessing how images become what the network takes; null for what is usual with the
   *     network
   */
  public ModelOptions withPreprocessing(Preprocessing preprocessing) {
    return new ModelOptions(height, width, classNames, threads, seed, initializer, preprocessing);
  }

  /** Returns these options, with a preprocessing where they say none. */
  ModelOptions orPreprocessing(Preprocessing usual) {
    return preprocessing == null ? withPreprocessing(usual) : this;
  }
}
