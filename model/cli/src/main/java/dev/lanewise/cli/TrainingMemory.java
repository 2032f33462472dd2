package dev.lanewise.cli;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.train.Optimizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The memory that a training takes, in bytes.
 *
 * @param step activations and gradients of a step
 * @param weights the parameters, and their gradients
 * @param optimizer the optimiser's state
 * @param copies further sets of the parameters or gradients: their moving average, the best
 *     epoch's, sums of batches and shards
 * @param images those that are not read anew for each batch
 */
record TrainingMemory(long step, long weights, long optimizer, long copies, long images) {
  private static final double MIB = 1 << 20;
  private static final long GIB = 1 << 30;

  /** What the program itself takes, and batches that are being prepared, beside what is counted. */
  private static final double MARGIN = 1.25;

  /**
   * Returns what a training takes.
   *
   * @param batch images of a step
   * @param workers that share the batch's shards
   * @param pair the images; null where they are not opened yet
   * @throws ModelException where a layer's output for the batch does not fit one array
   */
  static TrainingMemory of(
      Model model, Optimizer optimizer, Recipe recipe, int batch, int workers, DatasetPair pair) {
    long set = Float.BYTES * model.network().parameters().stream().mapToLong(Parameter::size).sum();
    boolean best = recipe.earlyStopping() != null && recipe.earlyStopping().restore();
    int own = Math.ceilDiv(recipe.shards(), workers);
    long sets =
        (recipe.averaging() > 0 ? 1 : 0)
            + (best ? 1 : 0)
            + (recipe.accumulate() > 1 ? 1 : 0)
            // Sums that wait in the tree of the shards.
            + (Integer.SIZE - Integer.numberOfLeadingZeros(own - 1));
    return new TrainingMemory(
        step(model, recipe, batch, own),
        2 * set,
        slots(optimizer) * set,
        sets * set,
        pair == null ? 0 : images(pair));
  }

  /** Shards take turns in one memory, but for those that go side by side. */
  private static long step(Model model, Recipe recipe, int batch, int ownShards) {
    long shard = model.trainingBytes(Math.ceilDiv(batch, recipe.shards()));
    return recipe.syncBatchNorm() ? ownShards * shard : shard;
  }

  private static long images(DatasetPair pair) {
    return pair.train().storedBytes() + (pair.test() == null ? 0 : pair.test().storedBytes());
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
    return step + weights + optimizer + copies + images;
  }

  /**
   * Refuses a training that cannot fit the heap.
   *
   * @throws ModelException saying how much it takes, what there is, and how to get more
   */
  void requireHeap(InputSize input, int batch, Machine machine) {
    if (total() <= machine.heap()) {
      return;
    }
    long wanted = Math.ceilDiv((long) (MARGIN * total()), GIB);
    boolean fits = machine.memory() == 0 || total() < machine.memory();
    throw new ModelException(
        String.format(
            Locale.ROOT,
            "training on %d image%s of %s at a time takes %.0f MiB, and the Java heap has at most"
                + " %.0f MiB; use a smaller %s, or a larger %s",
            batch,
            batch == 1 ? "" : "s",
            input,
            total() / MIB,
            machine.heap() / MIB,
            batch == 1 ? "--input" : "--batch or --input",
            fits
                ? "heap with LANEWISE_JAVA_OPTS=-Xmx" + wanted + "g"
                : String.format(
                    Locale.ROOT,
                    "machine, as this one has %.0f MiB in all",
                    machine.memory() / MIB)));
  }

  /**
   * Returns what is wrong where the machine has less memory than the heap may take; empty where it
   * has enough.
   */
  Optional<String> lack(Machine machine) {
    if (machine.memory() == 0 || MARGIN * total() <= machine.memory()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the training takes %.0f MiB of the machine's %.0f: with other programs beside it, it"
                + " will be slow or ended by the system",
            total() / MIB,
            machine.memory() / MIB));
  }

  /** Returns all parts, for the user. */
  String text(Machine machine) {
    return String.format(
        Locale.ROOT,
        "%.0f MiB: a step %.0f, weights and gradients %.0f, optimiser %.0f%s%s; heap of at most"
            + " %.0f MiB%s",
        total() / MIB,
        step / MIB,
        weights / MIB,
        optimizer / MIB,
        part("copies of weights", copies),
        part("images", images),
        machine.heap() / MIB,
        machine.memory() == 0
            ? ""
            : String.format(Locale.ROOT, " of the machine's %.0f", machine.memory() / MIB));
  }

  private static String part(String name, long bytes) {
    return bytes == 0 ? "" : String.format(Locale.ROOT, ", %s %.0f", name, bytes / MIB);
  }
}
