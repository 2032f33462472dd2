package dev.lanewise.cli;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.network.HeadActivation;
import dev.lanewise.network.Network;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what a training is about to do. */
final class Banner {
  private final PrintWriter out;

  Banner(PrintWriter out) {
    this.out = out;
  }

  /**
   * Prints what is about to be done.
   *
   * @param start where the weights come from; null where the network is new
   * @param seed of the orders
   * @param saveFile where the model goes
   * @param replaced what becomes of the model that is there; null where there is none
   */
  void print(Preflight preflight, String start, long seed, Path saveFile, String replaced) {
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
        outputs(model.network().head()),
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
    recipe.forEach((name, text) -> line("", "%s %s", name.replace('_', ' '), text));
    line("Saves to", "%s", saveFile.toAbsolutePath().normalize());
    if (replaced != null) {
      line("", "%s", replaced);
    }
  }

  private static String outputs(HeadActivation head) {
    return switch (head) {
      case SOFTMAX -> "classes";
      case SIGMOID -> "labels";
      case LINEAR -> "numbers";
    };
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
    out.println(
        String.format(Locale.ROOT, "%-9s ", title) + String.format(Locale.ROOT, format, values));
  }
}
