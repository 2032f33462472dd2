package dev.lanewise.spark.run;

import dev.lanewise.model.error.ModelException;

/** How many workers share the shards of a training. */
final class WorkerCount {
  private WorkerCount() {}

  /**
   * Returns the largest number of workers that there are executors for and that share the shards
   * alike; 0 where there are no executors.
   *
   * @param most how many are wanted; 0 for any number
   */
  static int of(int shards, int most, int executors) {
    int limit = Math.min(shards, most == 0 ? executors : Math.min(most, executors));
    int workers = limit;
    while (workers > 0 && shards % workers != 0) {
      workers--;
    }
    return workers;
  }

  /**
   * Refuses a number of workers that cannot share the shards alike.
   *
   * @throws ModelException naming those that can
   */
  static void require(int shards, int workers) {
    if (workers > 0 && shards % workers != 0) {
      throw new ModelException(
          workers
              + " workers require a multiple of "
              + workers
              + " shards, got "
              + shards
              + "; with these, up to "
              + of(shards, workers, workers)
              + " workers can train");
    }
  }
}
