package dev.lanewise.model.weights;

import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.error.ModelException;
import java.util.Locale;

/** Refuses weights with which a network would answer NaN to every image. */
final class FiniteValues {
  private FiniteValues() {}

  /**
   * Returns the values of an array.
   *
   * @param parameter what takes them
   * @param from the file, for the message
   * @throws ModelException where one is NaN or infinite, naming layer and array
   */
  static float[] of(SavedArray array, Parameter parameter, String from) {
    float[] values = array.values();
    int count = 0;
    for (float value : values) {
      count += Float.isFinite(value) ? 0 : 1;
    }
    if (count > 0) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "the %s of layer '%s' in %s holds values that are not finite, %d of %d: the training"
                  + " that it comes from had failed",
              parameter.name(),
              parameter.layer(),
              from,
              count,
              values.length));
    }
    return values;
  }
}
