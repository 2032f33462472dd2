package dev.lanewise.model.run;

import dev.lanewise.formats.saved.SavedOptimizer;
import java.util.List;

/**
 * What the training in a file has of a user's own that is not found here, until it is given.
 *
 * @param optimizer settings and state of the training's optimiser, which may be one of Lanewise's
 * @param ownOptimizer whether it is the user's own
 * @param loss name of the training's loss
 * @param missing what is not found beside the optimiser: {@code "loss 'focal'"}
 * @param from the file, for messages
 */
record Awaited(
    SavedOptimizer optimizer,
    boolean ownOptimizer,
    String loss,
    List<String> missing,
    String from) {
  /** Returns what has to be given, for the user: {@code "the loss 'focal'"}. */
  String text() {
    return ownOptimizer ? optimizerText() : "the " + missing.getFirst();
  }

  private String optimizerText() {
    return "the optimiser '" + optimizer.name() + "'";
  }
}
