package dev.lanewise.model.training;

import dev.lanewise.model.text.Numbers;
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
 * @param learningRate of the epoch's last step
 * @param waited share of the training's time, without validation, in which it waited for images
 */
public record EpochResult(
    int epoch,
    double seconds,
    double stepMillis,
    double loss,
    double accuracy,
    double valLoss,
    double valAccuracy,
    double learningRate,
    double waited) {
  private static final double WORTH_TELLING = 0.02;

  /**
   * Returns a line for the user: {@code Epoch 3/20 12.3 s 361 ms/step loss 0.8123 ...}. With the
   * share of time that went by in waiting for images, where it is worth telling. Where that is too
   * long, it goes without these and the time of a step, and calls accuracy "acc" as Keras once did;
   * where it still is, without the time of the epoch.
   *
   * @param lastEpoch number of the training's last epoch
   * @param columns characters that the line may take; 80 are enough for it
   * @return the longest form that fits, else the shortest
   */
  public String line(int lastEpoch, int columns) {
    int digits = Integer.toString(lastEpoch).length();
    String name = String.format(Locale.ROOT, "Epoch %" + digits + "d/%d", epoch, lastEpoch);
    String time = String.format(Locale.ROOT, "  %.1f s", seconds);
    String step = String.format(Locale.ROOT, "  %.0f ms/step", stepMillis);
    String line = name + time + step + waiting() + values("accuracy");
    if (line.length() > columns) {
      line = name + time + values("acc");
    }
    return line.length() > columns ? name + values("acc") : line;
  }

  /** Says how much of the time went by in waiting for images, where that is worth a word. */
  private String waiting() {
    return waited >= WORTH_TELLING
        ? String.format(Locale.ROOT, "  %.0f %% waiting", 100 * waited)
        : "";
  }

  private String values(String accuracyName) {
    return value("loss", loss)
        + value(accuracyName, accuracy)
        + value("val_loss", valLoss)
        + value("val_" + accuracyName, valAccuracy);
  }

  private static String value(String name, double value) {
    return Double.isNaN(value) ? "" : "  " + name + " " + Numbers.fixed4(value);
  }
}
