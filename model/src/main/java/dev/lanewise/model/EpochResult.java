package dev.lanewise.model;

import java.util.Locale;

/**
 * What one epoch came to. Loss and accuracy of training are means over the epoch's images while the
 * parameters were changing, as in Keras; those of validation are measured after the epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param seconds time of the whole epoch, its validation included
 * @param stepMillis mean time of a training step in milliseconds, without validation
 * @param loss mean training loss
 * @param accuracy training accuracy; NaN where it is not measured
 * @param valLoss validation loss; NaN without validation
 * @param valAccuracy validation accuracy; NaN where it is not measured
 */
public record EpochResult(
    int epoch,
    double seconds,
    double stepMillis,
    double loss,
    double accuracy,
    double valLoss,
    double valAccuracy) {
  /**
   * Returns the line for the user: {@code Epoch 3/20 12.3 s 361 ms/step loss 0.8123 ...}.
   *
   * @param lastEpoch number of the training's last epoch
   */
  public String line(int lastEpoch) {
    int digits = Integer.toString(lastEpoch).length();
    String line =
        String.format(
            Locale.ROOT,
            "Epoch %" + digits + "d/%d  %.1f s  %.0f ms/step  loss %.4f",
            epoch,
            lastEpoch,
            seconds,
            stepMillis,
            loss);
    return line
        + part("accuracy", accuracy)
        + part("val_loss", valLoss)
        + part("val_accuracy", valAccuracy);
  }

  private static String part(String name, double value) {
    return Double.isNaN(value) ? "" : "  " + name + " " + Numbers.fixed4(value);
  }
}
