package dev.lanewise.model.training;

import dev.lanewise.model.text.Numbers;

/**
 * A length of training in epochs or steps: {@code 3} or {@code 3epochs}, {@code 500steps}.
 *
 * @param length the number of them
 * @param unit what they are
 */
public record Span(double length, Unit unit) {
  private static final String EPOCHS = "epochs";
  private static final String STEPS = "steps";

  /** What a length counts. */
  public enum Unit {
    /** Passes over the training images. */
    EPOCHS,
    /** Steps of the optimiser. */
    STEPS
  }

  /** Nothing. */
  public static final Span NONE = new Span(0, Unit.EPOCHS);

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException where it is negative or not finite, or not a whole number of
   *     steps
   */
  public Span {
    boolean whole = unit == Unit.EPOCHS || length == Math.rint(length);
    if (!(length >= 0 && length < Double.POSITIVE_INFINITY && whole)) {
      throw new IllegalArgumentException(
          "a length of training requires epochs or whole steps from 0, got " + length);
    }
  }

  /**
   * {@return the length that a text says}
   *
   * @param text {@code 3}, {@code 0.5epochs} or {@code 500steps}
   * @throws IllegalArgumentException where it says none
   */
  public static Span parse(String text) {
    String number = text.strip();
    Unit unit = Unit.EPOCHS;
    if (number.endsWith(STEPS)) {
      unit = Unit.STEPS;
      number = number.substring(0, number.length() - STEPS.length());
    } else if (number.endsWith(EPOCHS)) {
      number = number.substring(0, number.length() - EPOCHS.length());
    }
    try {
      return new Span(Double.parseDouble(number), unit);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "a length of training requires a form like 3, 0.5epochs or 500steps, got '" + text + "'",
          e);
    }
  }

  /**
   * {@return the length in steps, rounded}
   *
   * @param stepsPerEpoch steps of an epoch
   */
  public long steps(long stepsPerEpoch) {
    return unit == Unit.STEPS ? (long) length : Math.round(length * stepsPerEpoch);
  }

  /** {@return whether there is none} */
  public boolean isNone() {
    return length == 0;
  }

  @Override
  public String toString() {
    return Numbers.exact(length) + (unit == Unit.STEPS ? STEPS : EPOCHS);
  }
}
