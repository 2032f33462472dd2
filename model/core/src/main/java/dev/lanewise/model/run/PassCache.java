package dev.lanewise.model.run;

import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.PassMemory;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.Network;
import dev.lanewise.network.TrainingPass;

/**
 * The passes of a model: one for training and one for inference at a time, of the batch size that
 * was asked for last. They take turns in one memory, so that a training with validations needs no
 * more than one without.
 */
public final class PassCache {
  private final Network network;
  private final PassMemory memory;
  private FoldedWeights weights;
  private TrainingPass training;
  private InferencePass inference;

  /** Starts without passes. */
  public PassCache(Network network) {
    this.network = network;
    this.memory = network.newMemory();
    this.weights = network.foldedWeights(memory);
  }

  /**
   * Returns a pass for training with n images.
   *
   * @throws IllegalArgumentException where the batch is too large
   */
  TrainingPass training(int n) {
    if (training == null || training.images() != n || !training.isCurrent()) {
      // What it holds of a memory that is going to grow must not be kept.
      training = null;
      training = network.trainingPass(n, memory);
    }
    return training;
  }

  /**
   * Returns a pass for inference with n images.
   *
   * @throws IllegalArgumentException where the batch is too large
   */
  InferencePass inference(int n) {
    if (inference == null || inference.images() != n || !inference.isCurrent()) {
      inference = null;
      inference = network.inferencePass(n, weights, memory);
    }
    return inference;
  }

  /** See {@link FoldedWeights#keepTransformed}. */
  void keepTransformedWeights(boolean keep) {
    weights.keepTransformed(keep);
  }

  /** Folds normalisations into the parameters themselves: only inference is left. */
  public void foldForGood() {
    inference = null;
    weights = network.foldForGood();
  }
}
