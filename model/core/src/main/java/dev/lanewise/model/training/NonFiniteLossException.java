package dev.lanewise.model.training;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.text.Numbers;
import java.util.Locale;

/** Training has left the numbers: a batch's loss is infinite or not a number. */
public final class NonFiniteLossException extends ModelException {
  private static final long serialVersionUID = 1L;

  /**
   * Says where it happened and what helps.
   *
   * @param loss the loss
   * @param epoch number of the epoch, from 1
   * @param step number of the step within the epoch, from 1
   * @param steps steps of an epoch
   * @param learningRate the optimiser's
   */
  public NonFiniteLossException(double loss, int epoch, int step, int steps, double learningRate) {
    super(
        String.format(
            Locale.ROOT,
            "the loss is %s in epoch %d, step %d of %d, at learning rate %s: training has"
                + " stopped; try a smaller learning rate",
            Double.isNaN(loss) ? "not a number" : "infinite",
            epoch,
            step,
            steps,
            Numbers.text(learningRate)));
  }
}
