package dev.lanewise.model.training;

import com.google.gson.JsonObject;
import dev.lanewise.model.text.JsonText;

/**
 * How well a model does on a data set.
 *
 * @param loss mean loss of the images
 * @param accuracy share of the images whose most probable class is the right one
 * @param images number of images
 */
public record Evaluation(double loss, double accuracy, int images) {
  /** {@return {@code {"loss": 0.3412, "accuracy": 0.9, "images": 120}} in one line} */
  public String toJson() {
    JsonObject json = new JsonObject();
    json.add("loss", JsonText.number(loss));
    json.add("accuracy", JsonText.number(accuracy));
    json.add("images", JsonText.number(images));
    return JsonText.of(json);
  }
}
