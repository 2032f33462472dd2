package dev.lanewise.model;

import dev.lanewise.model.error.ModelException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often a training is saved.
 *
 * @param count how many of the unit, from 1 to 999,999,999
 * @param unit of time, steps or epochs
 */
public record CheckpointInterval(long count, Unit unit) implements Serializable {
  private static final long serialVersionUID = 1;
  private static final long MOST = 999_999_999;
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})\\s*(s|m|min|h|steps?|epochs?)");

  /** What is counted. */
  public enum Unit {
    /** Seconds. */
    SECONDS("s"),
    /** Minutes. */
    MINUTES("m"),
    /** Hours. */
    HOURS("h"),
    /** Steps of the optimiser. */
    STEPS("steps"),
    /** Passes over the training images. */
    EPOCHS("epochs");

    private final String text;

    Unit(String text) {
      this.text = text;
    }
  }

  /**
   * Checks the number.
   *
   * @throws ModelException where it is out of range
   */
  public CheckpointInterval {
    if (count < 1 || count > MOST) {
      throw new ModelException(
          "checkpoints require an interval from 1 to " + MOST + ", got " + count);
    }
  }

  /**
   * {@return an interval of its text}
   *
   * @param text as {@code 30s}, {@code 10m} or {@code 10min}, {@code 2h}, {@code 500steps}, {@code
   *     2epochs}
   * @throws ModelException where it is another text
   */
  public static CheckpointInterval parse(String text) {
    Matcher form = TEXT.matcher(text.strip());
    if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
      throw new ModelException(
          "an interval requires a form like 30s, 10m, 2h, 500steps or 1epochs, got '" + text + "'");
    }
    return new CheckpointInterval(
        Long.parseLong(form.group(1)),
        switch (form.group(2)) {
          case "s" -> Unit.SECONDS;
          case "m", "min" -> Unit.MINUTES;
          case "h" -> Unit.HOURS;
          case "step", "steps" -> Unit.STEPS;
          default -> Unit.EPOCHS;
        });
  }

  /**
   * {@return what saves a model so often}
   *
   * @param save saves the model as it is and returns where
   * @param warnings takes one line for each save that fails
   */
  public Checkpoints checkpoints(Supplier<Path> save, Consumer<String> warnings) {
    return switch (unit) {
      case SECONDS -> Checkpoints.every(Duration.ofSeconds(count), save, warnings);
      case MINUTES -> Checkpoints.every(Duration.ofMinutes(count), save, warnings);
      case HOURS -> Checkpoints.every(Duration.ofHours(count), save, warnings);
      case STEPS -> Checkpoints.everySteps(count, save, warnings);
      case EPOCHS -> Checkpoints.everyEpochs(count, save, warnings);
    };
  }

  /** {@return the text that is parsed to this} */
  @Override
  public String toString() {
    return count + unit.text;
  }
}
