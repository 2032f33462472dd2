package dev.lanewise.cli;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.network.Network;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what a training is about to do. */
final class Banner {
  /** Where what follows a line's title begins. */
  private static final int INDENT = 10;

  private static final int LEAST_COLUMNS = 80;
  private static final String EARLY_STOPPING = "early_stopping";

  private final PrintWriter out;
  private final int columns;

  /**
   * Prepares to tell.
   *
   * @param columns what a line may take; fewer than 80 count as 80
   */
  Banner(PrintWriter out, int columns) {
    this.out = out;
    this.columns = Math.max(columns, LEAST_COLUMNS);
  }

  /**
   * Prints what is about to be done.
   *
   * @param start where the weights come from; null where the network is new
   * @param seed of the orders
   */
  void print(Preflight preflight, String start, long seed) {
    Model model = preflight.model();
    DatasetPair pair = preflight.pair();
    TrainingPlan plan = preflight.plan();
    Machine machine = preflight.machine();
    line("Lanewise", "%s on %s", Main.Version.text(), machine.computes(model.threads()));
    line("Java", "%s", machine.java());
    line(
        "Network",
        "%s, input %s of %s, %d %s, %,d parameters",
        model.network().name(),
        model.imageShape(),
        model.preprocessing().formula(),
        model.classNames().size(),
        TargetKind.behind(model.network().head()).outputs(model.classNames().size()),
        model.network().parameters().stream().mapToLong(Parameter::size).sum());
    if (start != null) {
      line("Start", "the weights of %s", start);
    }
    frozen(model.network());
    line("Train on", "%s", pair.train().description());
    line("Test on", "%s", pair.test() == null ? "nothing" : pair.test().description());
    line("Memory", "%s", preflight.memory().text(machine));
    int epochs = plan.lastEpoch() - plan.firstEpoch() + 1;
    line(
        "Training",
        "%d epoch%s of %d batch%s of %d images, seed %d%s",
        epochs,
        epochs == 1 ? "" : "s",
        plan.batchesPerEpoch(),
        plan.batchesPerEpoch() == 1 ? "" : "es",
        plan.batchSize(),
        seed,
        before(plan));
    line(
        "Loss",
        "%s; measured: %s",
        model.loss().name(),
        String.join(", ", model.metrics().stream().map(Metric::name).toList()));
    line("Optimiser", "%s", model.describeOptimizer());
    Map<String, String> recipe = preflight.recipe().settings();
    recipe.computeIfPresent(
        EARLY_STOPPING,
        (name, text) ->
            EarlyEnd.rule(preflight.recipe().earlyStopping(), preflight.recipe().watch()));
    recipe.forEach((name, text) -> line("", "%s %s", name.replace('_', ' '), text));
  }

  /**
   * Prints where the training goes.
   *
   * @param file where the model goes
   * @param replaced what becomes of the model that is there; null where there is none
   * @param best saves the best; null for nowhere
   * @param history what becomes of the history that is there; null where there is none
   */
  void saves(Path file, String replaced, ModelSaver best, String history) {
    // Not wrapped: a path is copied whole.
    out.println("Saves to  " + file.toAbsolutePath().normalize());
    if (replaced != null) {
      line("", "%s", replaced);
    }
    if (best != null) {
      out.println("Best to   " + best.text());
    }
    if (history != null) {
      out.println("History   " + history);
    }
  }

  private static String before(TrainingPlan plan) {
    String batches =
        plan.batchesDone() == 0 ? "" : " and " + plan.batchesDone() + " batches of the next";
    return plan.firstEpoch() == 1 && batches.isEmpty()
        ? ""
        : ", after " + (plan.firstEpoch() - 1) + batches + " done before";
  }

  private void frozen(Network network) {
    List<Parameter> trained =
        network.parameters().stream().filter(p -> p.trainable() && !p.frozen()).toList();
    List<String> all = layers(network.parameters());
    List<String> training = layers(trained);
    if (training.size() < all.size()) {
      line(
          "Frozen",
          "%d of %d layers with parameters; %,d parameters train",
          all.size() - training.size(),
          all.size(),
          trained.stream().mapToLong(Parameter::size).sum());
    }
  }

  private static List<String> layers(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::layer).distinct().toList();
  }

  private void line(String title, String format, Object... values) {
    String start = String.format(Locale.ROOT, "%-" + INDENT + "s", title);
    wrapped(start + String.format(Locale.ROOT, format, values), columns).forEach(out::println);
  }

  /** Breaks a line at its blanks; what follows stands below its first word behind the title. */
  static List<String> wrapped(String line, int columns) {
    List<String> lines = new ArrayList<>();
    String rest = line;
    while (rest.length() > columns) {
      int blank = rest.lastIndexOf(' ', columns);
      if (blank <= INDENT) {
        blank = rest.indexOf(' ', columns);
      }
      if (blank < 0) {
        break;
      }
      lines.add(rest.substring(0, blank).stripTrailing());
      rest = " ".repeat(INDENT) + rest.substring(blank + 1);
    }
    lines.add(rest);
    return lines;
  }
}
