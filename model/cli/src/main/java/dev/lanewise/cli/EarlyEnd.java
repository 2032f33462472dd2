package dev.lanewise.cli;

import dev.lanewise.model.training.EarlyStopping;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.Watch;
import java.util.Optional;

/** What early stopping will do, and what it did, in words. */
final class EarlyEnd {
  private EarlyEnd() {}

  /** Returns the rule, for the user. */
  static String rule(EarlyStopping rule, Watch watch) {
    return "after "
        + rule.patience()
        + (rule.patience() == 1 ? " epoch" : " epochs")
        + " without a gain of "
        + watch.name()
        + (rule.delta() == 0 ? "" : " by more than " + rule.delta())
        + (rule.restore() ? ", with the weights of the best one" : "");
  }

  /**
   * Returns how a training that is over came to its end and whose weights it has, for the user.
   *
   * @param history of this training alone
   * @param planned number of the epoch that was to be its last
   * @return the line; empty where it is over as it was planned, with its last weights
   */
  static Optional<String> text(Recipe recipe, History history, int planned) {
    EarlyStopping rule = recipe.earlyStopping();
    if (rule == null || history.epochs().isEmpty()) {
      return Optional.empty();
    }
    EpochResult last = history.epochs().getLast();
    String watched = recipe.watch().in(last).name();
    Optional<EpochResult> best = history.best(recipe.watch(), 0);
    Optional<EpochResult> since = history.best(recipe.watch(), rule.delta());
    boolean early = last.epoch() < planned;
    if (best.isEmpty()) {
      return early
          ? Optional.of(
              "Stopped   after epoch " + last.epoch() + ": " + watched + " was never a number")
          : Optional.empty();
    }
    int taken = rule.restore() ? best.get().epoch() : last.epoch();
    if (!early) {
      return taken == last.epoch()
          ? Optional.empty()
          : Optional.of(
              "Weights   those of epoch "
                  + taken
                  + " are taken, whose "
                  + watched
                  + " is the best");
    }
    String weights = "";
    if (rule.restore()) {
      weights =
          since.equals(best)
              ? ", whose weights are taken"
              : "; the weights of epoch " + taken + ", the best, are taken";
    }
    return Optional.of(
        "Stopped   after epoch "
            + last.epoch()
            + ": "
            + watched
            + " has not gained since epoch "
            + since.orElseThrow().epoch()
            + weights);
  }
}
