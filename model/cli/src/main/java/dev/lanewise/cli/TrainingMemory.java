package dev.lanewise.cli;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.train.Optimizer;
import java.util.Locale;

/**
 * The memory that a training takes beside its images, in bytes.
 *
 * @param step activations and gradients of a step
 * @param weights the parameters, and their gradients
 * @param optimizer the optimiser's state
 * @param average the moving average of the parameters
 */
record TrainingMemory(long step, long weights, long optimizer, long average) {
  private static final double MIB = 1 << 20;

  /**
   * Returns what a training takes.
   *
   * @param batch images of a step
   * @throws ModelException where a layer's output for the batch does not fit one array
   */
  static TrainingMemory of(Model model, Optimizer optimizer, Recipe recipe, int batch) {
    long set = Float.BYTES * model.network().parameters().stream().mapToLong(Parameter::size).sum();
    return new TrainingMemory(
        model.trainingBytes(batch),
        2 * set,
        slots(optimizer) * set,
        recipe.averaging() > 0 ? set : 0);
  }

  /** An optimiser makes its state at its first step. */
  private static int slots(Optimizer optimizer) {
    if (!optimizer.slots().isEmpty()) {
      return optimizer.slots().size();
    }
    return switch (optimizer.name()) {
      case "adam" -> 2;
      case "sgd" -> optimizer.config().getOrDefault("momentum", 0.0) > 0 ? 1 : 0;
      default -> 0;
    };
  }

  private long total() {
    return step + weights + optimizer + average;
  }

  /**
   * Refuses a training that cannot fit the heap.
   *
   * @throws ModelException saying how much it takes and what there is
   */
  void requireHeap(InputSize input, int batch) {
    long heap = Runtime.getRuntime().maxMemory();
    if (total() > heap) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "training on %d image%s of %s at a time takes %.0f MiB, and the Java heap has at most"
                  + " %.0f MiB; use a smaller --batch or --input, or a larger heap with"
                  + " LANEWISE_JAVA_OPTS=-Xmx...",
              batch,
              batch == 1 ? "" : "s",
              input,
              total() / MIB,
              heap / MIB));
    }
  }

  /** Returns all parts, for the user. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%.0f MiB: activations and gradients of a step %.0f, weights and their gradients %.0f,"
            + " optimiser %.0f%s; heap of at most %.0f MiB",
        total() / MIB,
        step / MIB,
        weights / MIB,
        optimizer / MIB,
        average == 0 ? "" : String.format(Locale.ROOT, ", moving average %.0f", average / MIB),
        Runtime.getRuntime().maxMemory() / MIB);
  }
}
