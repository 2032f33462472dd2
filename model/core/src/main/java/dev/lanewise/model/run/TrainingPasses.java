package dev.lanewise.model.run;

import dev.lanewise.layer.PassMemory;
import dev.lanewise.network.Network;
import dev.lanewise.network.TrainingPass;
import java.util.LinkedHashMap;

/** Training passes of a few batch sizes, which take turns in one memory. */
final class TrainingPasses {
  /** Shards of a full batch and of an epoch's last one, each of two sizes. */
  private static final int SIZES = 4;

  private final Network network;
  private final PassMemory memory;

  /** By batch size, the one that was used last at the end. */
  private final LinkedHashMap<Integer, TrainingPass> passes =
      new LinkedHashMap<>(2 * SIZES, 0.75f, true);

  TrainingPasses(Network network, PassMemory memory) {
    this.network = network;
    this.memory = memory;
  }

  /**
   * Returns a pass with n images.
   *
   * @throws IllegalArgumentException where the batch is too large
   */
  TrainingPass of(int n) {
    TrainingPass pass = passes.get(n);
    if (pass == null || !pass.isCurrent()) {
      // What they hold of a memory that is going to grow must not be kept.
      passes.values().removeIf(other -> !other.isCurrent() || other.images() < n);
      if (passes.size() == SIZES) {
        passes.pollFirstEntry();
      }
      pass = network.trainingPass(n, memory);
      passes.put(n, pass);
    }
    return pass;
  }
}
