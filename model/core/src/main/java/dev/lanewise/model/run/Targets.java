package dev.lanewise.model.run;

import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.train.Term;
import java.util.Arrays;
import java.util.List;

/** What the network's probabilities are compared with, where that is more than one right class. */
final class Targets {
  private static final String BALANCED = "balanced";

  private final int classes;
  private final double smoothing;
  private final double[] weights;

  /** Whether a label by itself is a target: of one class, and of weight 1. */
  private final boolean plain;

  private float[] targets = {};

  /**
   * Prepares the targets of a training.
   *
   * @throws ModelException where the recipe's weights are not those of the classes
   */
  Targets(Recipe recipe, ImageDataset train) {
    classes = train.classNames().size();
    smoothing = recipe.labelSmoothing();
    weights = weights(recipe.classWeights(), train);
    plain = smoothing == 0 && Arrays.stream(weights).allMatch(weight -> weight == 1);
  }

  private static double[] weights(String text, ImageDataset train) {
    List<String> names = train.classNames();
    double[] weights = new double[names.size()];
    Arrays.fill(weights, 1);
    if (text.isEmpty()) {
      return weights;
    }
    if (text.equals(BALANCED)) {
      int[] counts = new int[weights.length];
      for (int i = 0; i < train.size(); i++) {
        counts[train.label(i)]++;
      }
      for (int c = 0; c < weights.length; c++) {
        weights[c] = counts[c] == 0 ? 1 : train.size() / ((double) weights.length * counts[c]);
      }
      return weights;
    }
    for (String term : Term.split(text, ',')) {
      int equals = term.lastIndexOf('=');
      int index = equals < 0 ? -1 : names.indexOf(term.substring(0, equals).strip());
      double weight = equals < 0 ? Double.NaN : number(term.substring(equals + 1));
      if (index < 0 || !(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new ModelException(
            "class weights require '"
                + BALANCED
                + "' or names of classes with numbers of at least 0, as "
                + names.getFirst()
                + "=2, got '"
                + term
                + "'; the classes are "
                + names);
      }
      weights[index] = weight;
    }
    return weights;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Returns whether the labels say it all: one class each, of weight 1. */
  boolean areLabels(Batch batch) {
    return plain && batch.targets() == null;
  }

  /** Returns the targets of a batch, [N,classes]; the array is used again. */
  float[] of(Batch batch) {
    int n = batch.size();
    if (targets.length < n * classes) {
      targets = new float[n * classes];
    }
    for (int i = 0; i < n; i++) {
      if (batch.targets() == null) {
        ofLabel(batch.labels()[i], i * classes);
      } else {
        ofShares(batch.targets(), i * classes);
      }
    }
    return targets;
  }

  private void ofLabel(int label, int at) {
    for (int c = 0; c < classes; c++) {
      double right = c == label ? 1 : 0;
      targets[at + c] = (float) (weights[label] * ((1 - smoothing) * right + smoothing / classes));
    }
  }

  /** The sum of what each label would give, by its share. */
  private void ofShares(float[] shares, int at) {
    double weight = 0;
    for (int c = 0; c < classes; c++) {
      weight += shares[at + c] * weights[c];
    }
    for (int c = 0; c < classes; c++) {
      double right = shares[at + c] * weights[c];
      targets[at + c] = (float) ((1 - smoothing) * right + weight * smoothing / classes);
    }
  }
}
