package dev.lanewise.model.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figure by which epochs are compared: for the best model, early stopping and plateaus. */
public enum Watch {
  /** Loss of the validation images; less is better. */
  VAL_LOSS,
  /** Accuracy on the validation images; more is better. */
  VAL_ACCURACY,
  /** Loss of the training images; less is better. */
  LOSS,
  /** Accuracy on the training images; more is better. */
  ACCURACY;

  /**
   * {@return the figure of an epoch}
   *
   * @param epoch the epoch
   */
  public double of(EpochResult epoch) {
    return switch (this) {
      case VAL_LOSS -> epoch.valLoss();
      case VAL_ACCURACY -> epoch.valAccuracy();
      case LOSS -> epoch.loss();
      case ACCURACY -> epoch.accuracy();
    };
  }

  /**
   * {@return this figure, or that of the training images where an epoch had no validation}
   *
   * @param epoch the epoch
   */
  public Watch in(EpochResult epoch) {
    boolean validated = !Double.isNaN(epoch.valLoss());
    return switch (this) {
      case VAL_LOSS -> validated ? this : LOSS;
      case VAL_ACCURACY -> validated ? this : ACCURACY;
      case LOSS, ACCURACY -> this;
    };
  }

  /**
   * {@return whether a figure is better than another}
   *
   * @param value the figure; never better where it is not a number
   * @param than the other; worse than any number where it is not one
   * @param delta by how much it has to be better
   */
  public boolean isBetter(double value, double than, double delta) {
    if (Double.isNaN(value)) {
      return false;
    }
    boolean more = this == VAL_ACCURACY || this == ACCURACY;
    return Double.isNaN(than) || (more ? value > than + delta : value < than - delta);
  }

  /** {@return Keras's name} */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the figure of a name}
   *
   * @param text Keras's name
   * @throws IllegalArgumentException where there is none, saying which there are
   */
  public static Watch parse(String text) {
    return Arrays.stream(values())
        .filter(watch -> watch.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown figure '"
                        + text
                        + "'; known are "
                        + Arrays.stream(values())
                            .map(Watch::text)
                            .collect(Collectors.joining(", "))));
  }
}
