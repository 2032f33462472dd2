package dev.lanewise.model.run;

import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.ClassWeights;
import dev.lanewise.model.training.Recipe;
import java.util.Arrays;

/** What training compares outputs with: what images have, by the recipe's smoothing and weights. */
final class Targets {
  private final TargetKind kind;
  private final int outputs;
  private final double smoothing;
  private final double[] weights;

  /** Whether the targets of a batch stay as they are. */
  private final boolean plain;

  private float[] targets = {};

  /**
   * Prepares the targets of a training.
   *
   * @throws ModelException where the recipe's settings do not go with the kind of target, or its
   *     weights are not those of the classes
   */
  Targets(Recipe recipe, ImageDataset train) {
    kind = train.targetKind();
    outputs = train.classNames().size();
    smoothing = recipe.labelSmoothing();
    require(
        smoothing == 0 || kind != TargetKind.VALUES, "label smoothing requires classes or labels");
    require(
        recipe.classWeights().isEmpty() || kind == TargetKind.CLASS,
        "class weights require images with " + TargetKind.CLASS.text() + " each");
    weights = ClassWeights.of(recipe.classWeights(), train);
    plain = smoothing == 0 && Arrays.stream(weights).allMatch(weight -> weight == 1);
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ModelException(message + ", got images with " + kind.text());
    }
  }

  /** Returns the targets of a batch, [N,outputs]; the array is used again. */
  float[] of(Batch batch) {
    if (plain) {
      return batch.targets();
    }
    int n = batch.size();
    if (targets.length < n * outputs) {
      targets = new float[n * outputs];
    }
    for (int i = 0; i < n; i++) {
      if (kind == TargetKind.CLASS) {
        smoothClasses(batch.targets(), i * outputs);
      } else {
        smoothLabels(batch.targets(), i * outputs);
      }
    }
    return targets;
  }

  /** The sum of what each class would give, by its share. */
  private void smoothClasses(float[] shares, int at) {
    double weight = 0;
    for (int c = 0; c < outputs; c++) {
      weight += shares[at + c] * weights[c];
    }
    for (int c = 0; c < outputs; c++) {
      double right = shares[at + c] * weights[c];
      targets[at + c] = (float) ((1 - smoothing) * right + weight * smoothing / outputs);
    }
  }

  /** Half of the share goes to what a label is not, as in Keras. */
  private void smoothLabels(float[] labels, int at) {
    for (int c = at; c < at + outputs; c++) {
      targets[c] = (float) ((1 - smoothing) * labels[c] + smoothing / 2);
    }
  }
}
