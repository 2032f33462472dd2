package dev.lanewise.spark.run;

import dev.lanewise.model.Checkpoints;
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
 * @param count how many of the unit
 * @param unit of steps, epochs or time
 */
public record CheckpointInterval(long count, Unit unit) implements Serializable {
  /** Every ten minutes. */
  public static final CheckpointInterval USUAL = new CheckpointInterval(10, Unit.MIN);

  private static final long serialVersionUID = 1;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*(steps?|epochs?|min|s)");

  /** What is counted. */
  public enum Unit {
    /** Steps of the optimiser. */
    STEPS,
    /** Passes over the training images. */
    EPOCHS,
    /** Minutes. */
    MIN,
    /** Seconds. */
    S
  }

  /**
   * Checks the number.
   *
   * @throws ModelException where it is not positive
   */
  public CheckpointInterval {
    if (count < 1) {
      throw new ModelException("checkpoints require an interval of at least 1, got " + count);
    }
  }

  /**
   * {@return an interval of its text}
   *
   * @param text {@code "500steps"}, {@code "2epochs"}, {@code "10min"} or {@code "30s"}
   * @throws ModelException where it is another text
   */
  public static CheckpointInterval parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new ModelException(
          "the interval of checkpoints requires a text as 500steps, 2epochs, 10min or 30s, got '"
              + text
              + "'");
    }
    String unit = matcher.group(2);
    return new CheckpointInterval(
        Long.parseLong(matcher.group(1)),
        switch (unit) {
          case "step", "steps" -> Unit.STEPS;
          case "epoch", "epochs" -> Unit.EPOCHS;
          case "min" -> Unit.MIN;
          default -> Unit.S;
        });
  }

  /** Returns what saves so often. */
  Checkpoints checkpoints(Supplier<Path> save, Consumer<String> warnings) {
    return switch (unit) {
      case STEPS -> Checkpoints.everySteps(count, save, warnings);
      case EPOCHS -> Checkpoints.everyEpochs(count, save, warnings);
      case MIN -> Checkpoints.every(Duration.ofMinutes(count), save, warnings);
      case S -> Checkpoints.every(Duration.ofSeconds(count), save, warnings);
    };
  }
}
