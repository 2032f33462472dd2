package dev.lanewise.model.report;

import dev.lanewise.model.training.Metric;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What became of one label.
 *
 * @param name the label
 * @param precision of the images for which it was told, the share that has it
 * @param recall of the images that have it, the share for which it was told
 * @param f1 their harmonic mean
 * @param auc the chance that of two images the one that has it has its higher probability; NaN
 *     where all images have it, or none
 * @param images number of images that have it
 */
record LabelFigures(
    String name, double precision, double recall, double f1, double auc, int images) {
  /** Returns those of each label, in order. */
  static List<LabelFigures> of(Predictions predictions) {
    return IntStream.range(0, predictions.names().size())
        .mapToObj(
            c ->
                new LabelFigures(
                    predictions.names().get(c),
                    predictions.figure(Metric.PRECISION, c),
                    predictions.figure(Metric.RECALL, c),
                    predictions.figure(Metric.F1_SCORE, c),
                    predictions.figure(Metric.AUC, c),
                    images(predictions, c)))
        .toList();
  }

  private static int images(Predictions predictions, int label) {
    return (int)
        IntStream.range(0, predictions.images().size())
            .filter(i -> predictions.targets(i)[label] > 0.5)
            .count();
  }
}
