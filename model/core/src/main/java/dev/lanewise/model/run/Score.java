package dev.lanewise.model.run;

import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.Loss;
import dev.lanewise.tensor.Tensor;

/** Adds up loss and hits over batches, each image with the same weight. */
final class Score {
  private final Loss loss;
  private double lossSum;
  private int hits;
  private int images;

  Score(Loss loss) {
    this.loss = loss;
  }

  /** Adds a batch whose mean loss is known. */
  void add(double meanLoss, Tensor probabilities, int[] labels) {
    int n = probabilities.shape().n();
    lossSum += meanLoss * n;
    countHits(probabilities, labels);
  }

  /** Adds a batch. */
  void add(Tensor probabilities, int[] labels) {
    for (int n = 0; n < probabilities.shape().n(); n++) {
      lossSum += loss.of(probabilities.get(n, 0, 0, labels[n]));
    }
    countHits(probabilities, labels);
  }

  private void countHits(Tensor probabilities, int[] labels) {
    int classes = probabilities.shape().c();
    for (int n = 0; n < probabilities.shape().n(); n++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (probabilities.get(n, 0, 0, c) > probabilities.get(n, 0, 0, best)) {
          best = c;
        }
      }
      hits += best == labels[n] ? 1 : 0;
      images++;
    }
  }

  /** Goes on from sums of before. */
  void restore(double lossSum, int hits, int images) {
    this.lossSum = lossSum;
    this.hits = hits;
    this.images = images;
  }

  double lossSum() {
    return lossSum;
  }

  int hits() {
    return hits;
  }

  int images() {
    return images;
  }

  double meanLoss() {
    return lossSum / images;
  }

  double accuracy() {
    return (double) hits / images;
  }

  Evaluation evaluation() {
    return new Evaluation(meanLoss(), accuracy(), images);
  }
}
