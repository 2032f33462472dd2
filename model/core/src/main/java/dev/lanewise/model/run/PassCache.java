package dev.lanewise.model.run;

import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.PassMemory;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.Network;
import dev.lanewise.network.TrainingPass;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The passes of a model, which take turns in one memory, so that a training with validations needs
 * no more than one without: a few for training, and one for inference of the batch size that was
 * asked for last.
 */
public final class PassCache {
  private final Network network;
  private PassMemory memory;
  private FoldedWeights weights;
  private boolean forGood;

  /** The first in the common memory, others in memories of their own. */
  private final List<TrainingPasses> training = new ArrayList<>();

  /** By batch size: one, or all that were asked for once only inference is left. */
  private final TreeMap<Integer, InferencePass> inference = new TreeMap<>();

  /** Starts without passes. */
  public PassCache(Network network) {
    this.network = network;
    this.memory = network.newMemory();
    this.weights = network.foldedWeights(memory);
    this.training.add(new TrainingPasses(network, memory));
  }

  /**
   * Returns a pass for training with n images.
   *
   * @throws IllegalArgumentException where the batch is too large
   */
  TrainingPass training(int n) {
    return training(n, 0);
  }

  /**
   * As {@link #training(int)}, of passes that work at the same time.
   *
   * @param which of them; each has a memory of its own
   */
  TrainingPass training(int n, int which) {
    while (training.size() <= which) {
      training.add(new TrainingPasses(network, network.newMemory()));
    }
    return training.get(which).of(n);
  }

  /**
   * Returns a pass for inference with n images.
   *
   * @throws IllegalArgumentException where the batch is too large
   */
  InferencePass inference(int n) {
    InferencePass pass = inference.get(n);
    if (pass == null || !pass.isCurrent()) {
      // As above: a larger pass than all others makes the memory grow.
      if (!forGood || inference.isEmpty() || n >= inference.lastKey()) {
        inference.clear();
      }
      pass = network.inferencePass(n, weights, memory);
      inference.put(n, pass);
    }
    return pass;
  }

  /** See {@link FoldedWeights#keepTransformed}. */
  void keepTransformedWeights(boolean keep) {
    weights.keepTransformed(keep);
  }

  /**
   * Folds normalisations into the parameters themselves: only inference is left, by passes of which
   * each image gets the same bits in any batch.
   */
  public void foldForGood() {
    if (!forGood) {
      forGood = true;
      inference.clear();
      weights = network.foldForGood();
      memory = PassMemory.batchInvariant(network.pool());
    }
  }
}
