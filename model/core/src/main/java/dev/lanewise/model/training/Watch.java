package dev.lanewise.model.training;

import java.util.List;

/**
 * The figure by which epochs are compared: for the best model, early stopping and plateaus.
 *
 * @param name its name, as {@code val_loss} or {@code val_auc}
 * @param more whether more of it is better
 */
public record Watch(String name, boolean more) {
  /** Loss of the validation images; less is better. */
  public static final Watch VAL_LOSS = new Watch("val_loss", false);

  /** Accuracy on the validation images; more is better. */
  public static final Watch VAL_ACCURACY = new Watch("val_accuracy", true);

  /** Loss of the training images; less is better. */
  public static final Watch LOSS = new Watch(Measurement.LOSS, false);

  /** Accuracy on the training images; more is better. */
  public static final Watch ACCURACY = new Watch("accuracy", true);

  private static final String MORE = "more";
  private static final String LESS = "less";

  /**
   * {@return the figure of an epoch; NaN where it was not measured}
   *
   * @param epoch the epoch
   */
  public double of(EpochResult epoch) {
    return epoch.figures().of(name);
  }

  /**
   * {@return this figure, or that of the training images where an epoch had no validation}
   *
   * @param epoch the epoch
   */
  public Watch in(EpochResult epoch) {
    return Double.isNaN(epoch.valLoss()) ? new Watch(Figures.plainName(name), more) : this;
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
    return Double.isNaN(than) || (more ? value > than + delta : value < than - delta);
  }

  /**
   * {@return the text that {@link #parse} makes it of again: its name, and where that does not say
   * it, what is better}
   */
  public String text() {
    try {
      if (parse(name).more == more) {
        return name;
      }
    } catch (IllegalArgumentException e) {
      // A metric that only its program knows.
    }
    return name + "(" + (more ? MORE : LESS) + ")";
  }

  /**
   * {@return the figure of a text}
   *
   * @param text {@code loss} or a metric's name, behind {@code val_} for validation images; a name
   *     that {@link Metric#parse} does not know is followed by {@code (more)} or {@code (less)},
   *     which is better
   * @throws IllegalArgumentException where it is none, saying which there are
   */
  public static Watch parse(String text) {
    for (String better : List.of(MORE, LESS)) {
      if (text.endsWith("(" + better + ")")) {
        String name = text.substring(0, text.length() - better.length() - 2);
        return new Watch(name, better.equals(MORE));
      }
    }
    String plain = Figures.plainName(text);
    if (plain.equals(Measurement.LOSS)) {
      return new Watch(text, false);
    }
    try {
      return new Watch(text, Metric.parse(plain).moreIsBetter());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "unknown figure '"
              + text
              + "': it is loss or a metric, behind val_ for validation; "
              + e.getMessage(),
          e);
    }
  }
}
