package dev.lanewise.model.weights;

import dev.lanewise.formats.WeightFiles;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.Network;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts a file's weights into a network: all of them or none. */
public final class WeightLoader {
  private WeightLoader() {}

  /**
   * Overwrites a network's parameters by those of a weight file of any known kind.
   *
   * @param network takes the values; nothing of it changes where anything does not fit
   * @param file weights alone or a whole model, of Lanewise or another program
   * @param options which of the network's layers take part
   * @return which layer took which values
   * @throws ModelException where anything does not fit, or a value is not finite
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be read
   */
  public static LoadReport load(Network network, Path file, LoadOptions options) {
    return WeightFiles.use(
        file,
        saved -> {
          WeightMatching.Result found =
              WeightMatching.match(network, saved, options, file.toString());
          // All are read before any is changed: a file may turn out to be damaged in its middle.
          Map<Parameter, float[]> values = new LinkedHashMap<>();
          found
              .arrays()
              .forEach(
                  (parameter, array) ->
                      values.put(parameter, FiniteValues.of(array, parameter, file.toString())));
          values.forEach(Parameter::setValues);
          return found.report();
        });
  }

  /**
   * Overwrites the parameters of a network that is thrown away where that fails; its arrays are
   * read one by one.
   *
   * @param network takes the values; where one does not fit, others may have changed
   * @param saved weights of an open file, for every layer of the network
   * @param from what the weights come from, for messages
   * @return which layer took which values
   * @throws ModelException where anything does not fit, or a value is not finite
   */
  public static LoadReport fill(Network network, SavedWeights saved, String from) {
    WeightMatching.Result found = WeightMatching.match(network, saved, LoadOptions.whole(), from);
    for (Map.Entry<Parameter, SavedArray> entry : found.arrays().entrySet()) {
      entry.getKey().setValues(FiniteValues.of(entry.getValue(), entry.getKey(), from));
    }
    return found.report();
  }
}
