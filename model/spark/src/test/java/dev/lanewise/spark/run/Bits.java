package dev.lanewise.spark.run;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.training.EpochResult;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a training comes to, for comparison.
 *
 * @param figures of the epochs
 * @param values a hash of each parameter's and the optimiser's
 */
record Bits(List<String> figures, Map<String, Integer> values) {
  static Bits of(Model model) {
    List<String> figures = new ArrayList<>();
    for (EpochResult epoch : model.history().epochs()) {
      epoch.figures().forEach((name, value) -> figures.add(name + " " + value));
    }
    Map<String, Integer> values = new TreeMap<>();
    for (Parameter parameter : model.network().parameters()) {
      values.put(parameter.layer() + "/" + parameter.name(), Arrays.hashCode(parameter.values()));
    }
    model.optimizer().slots().forEach(s -> values.put(s.name(), Arrays.hashCode(s.values())));
    return new Bits(figures, values);
  }

  static Bits of(TrainingResult trained) {
    try (Model model = Model.load(Path.of(URI.create(trained.model())), 1)) {
      return of(model);
    }
  }
}
