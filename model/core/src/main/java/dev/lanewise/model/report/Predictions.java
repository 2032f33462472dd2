package dev.lanewise.model.report;

import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Measurement;
import dev.lanewise.model.training.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a model says of images of which it is known what is right. */
public final class Predictions {
  private final ImageDataset images;
  private final float[][] outputs;
  private final float[][] targets;

  /**
   * Takes predictions as its own.
   *
   * @param images the images
   * @param outputs the network's for each image, as {@code Model.predict} gives them
   * @throws ModelException where there are not as many as images
   */
  public Predictions(ImageDataset images, float[][] outputs) {
    if (outputs.length != images.size()) {
      throw new ModelException(
          images.size() + " images require as many predictions, got " + outputs.length);
    }
    this.images = images;
    this.outputs = outputs;
    targets = new float[images.size()][images.classNames().size()];
    for (int i = 0; i < targets.length; i++) {
      images.target(i, targets[i], 0);
    }
  }

  /** Returns the most probable class; of equals, the first. */
  private static int best(float[] row) {
    int best = 0;
    for (int c = 1; c < row.length; c++) {
      if (row[c] > row[best]) {
        best = c;
      }
    }
    return best;
  }

  /** {@return the images} */
  public ImageDataset images() {
    return images;
  }

  /** {@return what the images are compared with} */
  public TargetKind kind() {
    return images.targetKind();
  }

  /** {@return the names of the classes, labels or numbers} */
  public List<String> names() {
    return images.classNames();
  }

  /** Returns what the network says of an image: probabilities or numbers. */
  float[] outputs(int index) {
    return outputs[index];
  }

  /** Returns what is right. */
  float[] targets(int index) {
    return targets[index];
  }

  private void require(TargetKind kind, String what) {
    if (kind() != kind) {
      throw new ModelException(
          what
              + " requires images with "
              + kind.text()
              + " each, got images with "
              + kind().text());
    }
  }

  /**
   * {@return how many images of each class were taken for which}
   *
   * @throws ModelException where images have no one class
   */
  public ConfusionMatrix confusion() {
    require(TargetKind.CLASS, "a confusion matrix");
    return new ConfusionMatrix(
        images.classNames(),
        IntStream.range(0, targets.length).map(i -> best(targets[i])).toArray(),
        IntStream.range(0, outputs.length).map(i -> best(outputs[i])).toArray());
  }

  /**
   * {@return loss and metrics, the same bits as those of {@code Model.evaluate}}
   *
   * @param loss what is measured first
   * @param metrics what is measured beside it
   * @throws ModelException where one goes with other targets
   */
  public Evaluation evaluation(Loss loss, List<Metric> metrics) {
    Measurement measurement = new Measurement(loss, metrics, images);
    for (int i = 0; i < outputs.length; i++) {
      measurement.add(outputs[i], 0, targets[i], 0);
    }
    return new Evaluation(measurement.figures(), outputs.length);
  }

  /**
   * {@return the share of the images whose class is among the most probable ones}
   *
   * @param k how many of these count; of equally probable ones, those of the lowest indices
   * @throws ModelException where images have no one class
   */
  public double topAccuracy(int k) {
    require(TargetKind.CLASS, "an accuracy of the first guesses");
    Metric.Accumulator top = Metric.top(k).accumulator(kind(), names().size(), outputs.length);
    for (int i = 0; i < outputs.length; i++) {
      top.add(outputs[i], 0, targets[i], 0);
    }
    return top.result();
  }

  /**
   * {@return a metric of one label or number by itself}
   *
   * @param metric one that labels or numbers have
   * @param index of the label or number
   * @throws ModelException where images have one class each
   */
  public double figure(Metric metric, int index) {
    if (kind() == TargetKind.CLASS || !metric.takes(kind())) {
      throw new ModelException(
          metric.name() + " by itself cannot be measured over images with " + kind().text());
    }
    Metric.Accumulator one = metric.accumulator(kind(), 1, outputs.length);
    for (int i = 0; i < outputs.length; i++) {
      one.add(outputs[i], index, targets[i], index);
    }
    return one.result();
  }

  /**
   * {@return the mistakes of which the model was most sure, the surest first}
   *
   * @param most how many at most
   * @throws ModelException where images have no one class
   */
  public List<Mistake> mistakes(int most) {
    require(TargetKind.CLASS, "a mistake for another class");
    return IntStream.range(0, outputs.length)
        .filter(i -> best(targets[i]) != best(outputs[i]))
        .mapToObj(
            i -> {
              int told = best(outputs[i]);
              return new Mistake(i, best(targets[i]), told, outputs[i][told]);
            })
        .sorted(Comparator.comparing(Mistake::probability).reversed())
        .limit(most)
        .toList();
  }

  /**
   * {@return all figures as a JSON object of one line, at full precision: {@code loss}, metrics,
   * {@code images}, and by the kind of target: of classes {@code top_k_accuracy} by k, {@code
   * classes} with {@code precision}, {@code recall}, {@code f1} and {@code images} of each, {@code
   * macro} with their means, and {@code confusion_matrix} with a row for each class that images are
   * of; of labels {@code labels} with the same and {@code auc}; of numbers {@code values} with
   * {@code mean_absolute_error} and {@code root_mean_squared_error}}
   *
   * @param loss what is measured first
   * @param metrics what is measured beside it
   */
  public String toJson(Loss loss, List<Metric> metrics) {
    return PredictionJson.of(this, evaluation(loss, metrics));
  }
}
