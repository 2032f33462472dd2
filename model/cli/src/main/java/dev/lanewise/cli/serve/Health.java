package dev.lanewise.cli.serve;

import com.google.gson.JsonObject;
import dev.lanewise.model.Classifier;

/** Tells that the server is there, and of what model. */
final class Health {
  private Health() {}

  /** Returns one JSON object, in one line. */
  static String json(String model, Classifier classifier) {
    JsonObject health = new JsonObject();
    health.addProperty("status", "ok");
    health.addProperty("model", model);
    health.addProperty("classes", classifier.classNames().size());
    health.addProperty("input", classifier.imageShape().toString());
    return health.toString();
  }
}
