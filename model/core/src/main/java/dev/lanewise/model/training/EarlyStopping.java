package dev.lanewise.model.training;

import dev.lanewise.model.text.Numbers;
import dev.lanewise.train.Term;
import java.util.List;
import java.util.Map;

/**
 * When a training ends before its last epoch: {@code stop(patience=10,delta=0,restore=true)}.
 *
 * @param patience epochs without a gain of what is watched after which it ends
 * @param delta what counts as a gain
 * @param restore whether it ends with the parameters of its best epoch
 */
public record EarlyStopping(int patience, double delta, boolean restore) {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException where patience is not positive or delta negative
   */
  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException(
          "early stopping requires a patience of at least 1 epoch, got " + patience);
    }
    if (!(delta >= 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "early stopping requires a delta of at least 0, got " + delta);
    }
  }

  /**
   * {@return the rule of a text}
   *
   * @param text as above
   * @throws IllegalArgumentException where it is none
   */
  public static EarlyStopping parse(String text) {
    Term term =
        Term.parse("early stopping", text, Map.of("stop", List.of("patience", "delta", "restore")));
    String restore = term.text("restore", "true");
    if (!restore.equals("true") && !restore.equals("false")) {
      throw new IllegalArgumentException(term.required("restore", "true or false"));
    }
    return new EarlyStopping(
        Math.clamp(term.integer("patience", 10), Integer.MIN_VALUE, Integer.MAX_VALUE),
        term.number("delta", 0),
        restore.equals("true"));
  }

  /** {@return the text that {@link #parse} makes it of again} */
  public String text() {
    return "stop(patience="
        + patience
        + ",delta="
        + Numbers.exact(delta)
        + ",restore="
        + restore
        + ")";
  }
}
