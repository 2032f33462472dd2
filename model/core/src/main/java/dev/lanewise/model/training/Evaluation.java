package dev.lanewise.model.training;

import dev.lanewise.model.text.Json;

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
    return new Json()
        .field("loss", loss)
        .field("accuracy", accuracy)
        .field("images", images)
        .toString();
  }
}
