package dev.lanewise.model.report;

import dev.lanewise.model.training.Metric;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How near one of several numbers is told.
 *
 * @param name what the number is
 * @param meanAbsoluteError mean distance of what is told from what is right
 * @param rootMeanSquaredError root of the mean squared distance
 */
record ValueFigures(String name, double meanAbsoluteError, double rootMeanSquaredError) {
  /** Returns those of each number, in order. */
  static List<ValueFigures> of(Predictions predictions) {
    return IntStream.range(0, predictions.names().size())
        .mapToObj(
            c ->
                new ValueFigures(
                    predictions.names().get(c),
                    predictions.figure(Metric.MEAN_ABSOLUTE_ERROR, c),
                    rootMeanSquaredError(predictions, c)))
        .toList();
  }

  private static double rootMeanSquaredError(Predictions predictions, int value) {
    int n = predictions.images().size();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double error = (double) predictions.outputs(i)[value] - predictions.targets(i)[value];
      sum += error * error;
    }
    return Math.sqrt(sum / n);
  }
}
