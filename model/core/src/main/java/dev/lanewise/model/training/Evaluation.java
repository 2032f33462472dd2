package dev.lanewise.model.training;

import com.google.gson.JsonObject;
import dev.lanewise.model.text.JsonText;

/**
 * How well a model does on a data set.
 *
 * @param figures loss and metrics, by their names
 * @param images number of images
 */
public record Evaluation(Figures figures, int images) {
  /** {@return the mean loss of the images} */
  public double loss() {
    return figures.of(Measurement.LOSS);
  }

  /** {@return the figure {@code accuracy}; NaN where it is not measured} */
  public double accuracy() {
    return figures.of(Metric.ACCURACY.name());
  }

  /** {@return {@code {"loss": 0.3412, "accuracy": 0.9, "images": 120}} in one line} */
  public String toJson() {
    JsonObject json = new JsonObject();
    figures.forEach((name, value) -> json.add(name, JsonText.number(value)));
    json.add("images", JsonText.number(images));
    return JsonText.of(json);
  }
}
