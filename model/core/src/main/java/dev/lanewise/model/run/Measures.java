package dev.lanewise.model.run;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.Figures;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Measurement;
import dev.lanewise.model.training.Metric;
import dev.lanewise.network.HeadActivation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** What a training is measured by: finds loss and metrics by name, and checks them. */
final class Measures {
  private Measures() {}

  /**
   * Checks that loss and metrics go with a network and with each other.
   *
   * @throws ModelException where they do not, or a name is another's
   */
  static void require(HeadActivation head, Loss loss, List<Metric> metrics) {
    if (loss.head() != head) {
      throw new ModelException(
          "the loss "
              + loss.name()
              + " requires a network with the head "
              + loss.head().text()
              + ", got "
              + head.text());
    }
    Measurement.requireTargets(loss, metrics, loss.targets());
    requireOwnName("loss", loss, loss.name(), Measures::loss);
    Set<String> names = new HashSet<>(Set.of(Measurement.LOSS));
    for (Metric metric : metrics) {
      requireOwnName("metric", metric, metric.name(), Measures::metric);
      if (!names.add(metric.name()) || Figures.isOfValidation(metric.name())) {
        throw new ModelException(
            "a metric requires a name of its own without 'val_' before it, got '"
                + metric.name()
                + "'");
      }
    }
  }

  /** Refuses what has the name of another: a file would bring back that one. */
  private static <T> void requireOwnName(
      String kind, T own, String name, Function<String, T> known) {
    T found = known.apply(name);
    if (found != null && found.getClass() != own.getClass()) {
      throw new ModelException(
          "the "
              + kind
              + " "
              + own.getClass().getName()
              + " requires a name of its own, got '"
              + name
              + "'");
    }
  }

  /** Returns the loss of a name; null where it is not found. */
  static Loss loss(String name) {
    try {
      return Loss.parse(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Metric metric(String name) {
    try {
      return Metric.parse(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Returns those metrics that are found. */
  static List<Metric> metrics(List<String> names) {
    return names.stream().map(Measures::metric).filter(Objects::nonNull).toList();
  }

  /** Returns what is not found, for the user: {@code "loss 'focal'"}. */
  static List<String> missing(String loss, List<String> metrics) {
    List<String> missing = new ArrayList<>();
    if (loss(loss) == null) {
      missing.add("loss '" + loss + "'");
    }
    for (String name : metrics) {
      if (metric(name) == null) {
        missing.add("metric '" + name + "'");
      }
    }
    return missing;
  }
}
