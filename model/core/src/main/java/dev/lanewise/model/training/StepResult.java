package dev.lanewise.model.training;

/**
 * What one batch of a training came to.
 *
 * @param epoch number of the epoch, from 1
 * @param batch number of the batch within the epoch, from 1
 * @param iteration steps that the optimiser has done, over all epochs
 * @param batchLoss mean loss of the batch's images
 * @param figures loss over the epoch's images so far, and those metrics that are told at each step
 * @param learningRate of the step
 * @param gradientNorm Euclidean norm of all gradients before they were clipped; NaN where the
 *     recipe does not clip, or the batch's gradients wait for those of others
 * @param images images of the epoch so far
 */
public record StepResult(
    int epoch,
    int batch,
    long iteration,
    double batchLoss,
    Figures figures,
    double learningRate,
    double gradientNorm,
    int images) {
  /** {@return the mean loss of the epoch's images so far} */
  public double loss() {
    return figures.of(Measurement.LOSS);
  }

  /** {@return accuracy on the epoch's images so far; NaN where it is not measured} */
  public double accuracy() {
    return figures.of(Metric.ACCURACY.name());
  }
}
