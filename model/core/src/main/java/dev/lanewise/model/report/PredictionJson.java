package dev.lanewise.model.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lanewise.model.text.JsonText;
import dev.lanewise.model.training.Evaluation;
import java.util.List;
import java.util.stream.IntStream;

/** All figures of predictions as JSON. */
final class PredictionJson {
  /** The numbers of guesses for which accuracy is told. */
  private static final List<Integer> TOP = List.of(1, 3, 5);

  private PredictionJson() {}

  static String of(Predictions predictions, Evaluation evaluation) {
    JsonObject json = new JsonObject();
    evaluation.figures().forEach((name, value) -> json.add(name, JsonText.number(value)));
    json.add("images", JsonText.number(evaluation.images()));
    switch (predictions.kind()) {
      case CLASS -> addClasses(json, predictions);
      case LABELS -> addLabels(json, predictions);
      case VALUES -> addValues(json, predictions);
    }
    return JsonText.of(json);
  }

  private static void addClasses(JsonObject json, Predictions predictions) {
    ConfusionMatrix matrix = predictions.confusion();
    JsonObject top = new JsonObject();
    for (int k : TOP) {
      if (k == 1 || k < matrix.classes()) {
        top.add(Integer.toString(k), JsonText.number(predictions.topAccuracy(k)));
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
  }

  private static void addFigures(JsonObject json, double precision, double recall, double f1) {
    json.add("precision", JsonText.number(precision));
    json.add("recall", JsonText.number(recall));
    json.add("f1", JsonText.number(f1));
  }

  private static void addLabels(JsonObject json, Predictions predictions) {
    JsonArray labels = new JsonArray();
    for (LabelFigures label : LabelFigures.of(predictions)) {
      JsonObject one = new JsonObject();
      one.addProperty("label", label.name());
      addFigures(one, label.precision(), label.recall(), label.f1());
      one.add("auc", JsonText.number(label.auc()));
      one.addProperty("images", label.images());
      labels.add(one);
    }
    json.add("labels", labels);
  }

  private static void addValues(JsonObject json, Predictions predictions) {
    JsonArray values = new JsonArray();
    for (ValueFigures value : ValueFigures.of(predictions)) {
      JsonObject one = new JsonObject();
      one.addProperty("value", value.name());
      one.add("mean_absolute_error", JsonText.number(value.meanAbsoluteError()));
      one.add("root_mean_squared_error", JsonText.number(value.rootMeanSquaredError()));
      values.add(one);
    }
    json.add("values", values);
  }
}
