package dev.lanewise.model.training;

import dev.lanewise.model.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one epoch came to. Loss and metrics of training are over the epoch's images while the
 * parameters were changing, as in Keras; those of validation are measured after the epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param seconds time of the whole epoch, its validation included
 * @param stepMillis mean time of a training step in milliseconds, without validation
 * @param figures loss and metrics of training and, where there is validation, of its images
 * @param learningRate of the epoch's last step
 * @param waited share of the training's time, without validation, in which it waited for images
 */
public record EpochResult(
    int epoch,
    double seconds,
    double stepMillis,
    Figures figures,
    double learningRate,
    double waited) {
  private static final double WORTH_TELLING = 0.02;

  /** {@return the mean training loss} */
  public double loss() {
    return figures.of(Watch.LOSS.name());
  }

  /** {@return the training accuracy; NaN where it is not measured} */
  public double accuracy() {
    return figures.of(Watch.ACCURACY.name());
  }

  /** {@return the validation loss; NaN without validation} */
  public double valLoss() {
    return figures.of(Watch.VAL_LOSS.name());
  }

  /** {@return the validation accuracy; NaN where it is not measured} */
  public double valAccuracy() {
    return figures.of(Watch.VAL_ACCURACY.name());
  }

  /**
   * Returns a line for the user: {@code Epoch 3/20 12.3 s 361 ms/step loss 0.8123 ...}. With the
   * share of time that went by in waiting for images, where it is worth telling. Where that is too
   * long, it goes without these and the time of a step, and calls accuracy "acc" as Keras once did;
   * where it still is, without the time of the epoch, then without the training images' metrics.
   *
   * @param lastEpoch number of the training's last epoch
   * @param columns characters that the line may take; 80 are enough for it with one metric
   * @return the longest form that fits, else the shortest
   */
  public String line(int lastEpoch, int columns) {
    List<String> lines = lines(lastEpoch);
    return lines.stream()
        .filter(line -> line.length() <= columns)
        .findFirst()
        .orElse(lines.getLast());
  }

  /** Returns all forms of the line, the longest first; always as many with the same figures. */
  List<String> lines(int lastEpoch) {
    int digits = Integer.toString(lastEpoch).length();
    String name = String.format(Locale.ROOT, "Epoch %" + digits + "d/%d", epoch, lastEpoch);
    String time = String.format(Locale.ROOT, "  %.1f s", seconds);
    String step = String.format(Locale.ROOT, "  %.0f ms/step", stepMillis);
    String all = values(figures, true);
    List<String> forms = new ArrayList<>();
    forms.add(name + time + step + waiting() + values(figures, false));
    forms.add(name + time + all);
    forms.add(name + all);
    Figures validation = figures.validation();
    if (!validation.names().isEmpty()) {
      Figures loss = new Figures(List.of(Measurement.LOSS), loss());
      forms.add(name + values(loss.withValidation(validation), true));
    }
    return forms;
  }

  /** Says how much of the time went by in waiting for images, where that is worth a word. */
  private String waiting() {
    return waited >= WORTH_TELLING
        ? String.format(Locale.ROOT, "  %.0f %% waiting", 100 * waited)
        : "";
  }

  private static String values(Figures figures, boolean shortly) {
    StringBuilder line = new StringBuilder();
    figures.forEach(
        (name, value) -> {
          if (!Double.isNaN(value)) {
            line.append("  ").append(shortly ? Figures.shortName(name) : name);
            line.append(' ').append(Numbers.fixed4(value));
          }
        });
    return line.toString();
  }
}
