package dev.lanewise.model.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.text.JsonText;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.Loss;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a model says of images whose classes are known. */
public final class Predictions {
  /** The numbers of guesses for which accuracy is told. */
  private static final List<Integer> TOP = List.of(1, 3, 5);

  private final ImageDataset images;
  private final float[][] probabilities;
  private final int[] labels;
  private final int[] predicted;

  /**
   * Takes predictions as its own.
   *
   * @param images the images
   * @param probabilities of each class for each image, as {@code Model.predict} gives them
   * @throws ModelException where there are not as many as images
   */
  public Predictions(ImageDataset images, float[][] probabilities) {
    if (probabilities.length != images.size()) {
      throw new ModelException(
          images.size() + " images require as many predictions, got " + probabilities.length);
    }
    this.images = images;
    this.probabilities = probabilities;
    labels = IntStream.range(0, images.size()).map(images::label).toArray();
    predicted = IntStream.range(0, images.size()).map(i -> best(probabilities[i])).toArray();
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

  /** {@return how many images of each class were taken for which} */
  public ConfusionMatrix confusion() {
    return new ConfusionMatrix(images.classNames(), labels, predicted);
  }

  /**
   * {@return loss and accuracy, the same bits as those of {@code Model.evaluate}}
   *
   * @param loss what is measured
   */
  public Evaluation evaluation(Loss loss) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += loss.of(probabilities[i][labels[i]]);
    }
    return new Evaluation(sum / labels.length, topAccuracy(1), labels.length);
  }

  /**
   * {@return the share of the images whose class is among the most probable ones}
   *
   * @param k how many of these count; of equally probable ones, those of the lowest indices
   */
  public double topAccuracy(int k) {
    int hits = 0;
    for (int i = 0; i < labels.length; i++) {
      hits += rank(probabilities[i], labels[i]) < k ? 1 : 0;
    }
    return (double) hits / labels.length;
  }

  /** Returns how many classes come before one. */
  private static int rank(float[] row, int label) {
    int before = 0;
    for (int c = 0; c < row.length; c++) {
      if (row[c] > row[label] || (row[c] == row[label] && c < label)) {
        before++;
      }
    }
    return before;
  }

  /**
   * {@return the mistakes of which the model was most sure, the surest first}
   *
   * @param most how many at most
   */
  public List<Mistake> mistakes(int most) {
    return IntStream.range(0, labels.length)
        .filter(i -> labels[i] != predicted[i])
        .mapToObj(i -> new Mistake(i, labels[i], predicted[i], probabilities[i][predicted[i]]))
        .sorted(Comparator.comparing(Mistake::probability).reversed())
        .limit(most)
        .toList();
  }

  /**
   * {@return all figures as a JSON object of one line, at full precision: {@code loss}, {@code
   * accuracy}, {@code images}, {@code top_k_accuracy} by k, {@code classes} with {@code precision},
   * {@code recall}, {@code f1} and {@code images} of each, {@code macro} with their means, and
   * {@code confusion_matrix} with a row for each class that images are of}
   *
   * @param loss what is measured
   */
  public String toJson(Loss loss) {
    Evaluation evaluation = evaluation(loss);
    ConfusionMatrix matrix = confusion();
    JsonObject json = new JsonObject();
    json.add("loss", JsonText.number(evaluation.loss()));
    json.add("accuracy", JsonText.number(evaluation.accuracy()));
    json.add("images", JsonText.number(evaluation.images()));
    JsonObject top = new JsonObject();
    for (int k : TOP) {
      if (k == 1 || k < matrix.classes()) {
        top.add(Integer.toString(k), JsonText.number(topAccuracy(k)));
      }
    }
    json.add("top_k_accuracy", top);
    JsonArray classes = new JsonArray();
    JsonArray rows = new JsonArray();
    for (int c = 0; c < matrix.classes(); c++) {
      JsonObject one = new JsonObject();
      one.addProperty("class", matrix.classNames().get(c));
      addFigures(one, matrix.precision(c), matrix.recall(c), matrix.f1(c));
      one.addProperty("images", matrix.images(c));
      classes.add(one);
      int label = c;
      rows.add(
          JsonText.numbers(
              IntStream.range(0, matrix.classes())
                  .mapToObj(other -> matrix.count(label, other))
                  .toList()));
    }
    json.add("classes", classes);
    JsonObject macro = new JsonObject();
    addFigures(
        macro,
        matrix.mean(matrix::precision),
        matrix.mean(matrix::recall),
        matrix.mean(matrix::f1));
    json.add("macro", macro);
    json.add("confusion_matrix", rows);
    return JsonText.of(json);
  }

  private static void addFigures(JsonObject json, double precision, double recall, double f1) {
    json.add("precision", JsonText.number(precision));
    json.add("recall", JsonText.number(recall));
    json.add("f1", JsonText.number(f1));
  }
}
