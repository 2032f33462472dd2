package dev.lanewise.spark.run;

import dev.lanewise.model.error.ModelException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings of a recipe as one text: {@code schedule=cosine; augment=flip,crop(pad=4)}. */
public final class RecipeText {
  private RecipeText() {}

  /**
   * {@return the settings by their names}
   *
   * @param text names and values, with semicolons or line ends between settings
   * @throws ModelException where a setting has no name or no value
   */
  public static Map<String, String> parse(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : text.split("[;\\n]")) {
      if (!setting.isBlank()) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
          throw new ModelException(
              "the recipe requires settings as in schedule=cosine; label_smoothing=0.1, got '"
                  + setting.strip()
                  + "'");
        }
        settings.put(setting.substring(0, equals).strip(), setting.substring(equals + 1).strip());
      }
    }
    return settings;
  }
}
