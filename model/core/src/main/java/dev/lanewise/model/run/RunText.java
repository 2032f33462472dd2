package dev.lanewise.model.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.Figures;
import dev.lanewise.model.training.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state of a training as a text, as a model file keeps it. Numbers come back bit for bit. */
final class RunText {
  /** Of the text that this code writes, and the newest that it reads. */
  private static final int VERSION = 2;

  private RunText() {}

  static String write(RunState run) {
    JsonObject json = new JsonObject();
    json.addProperty("version", VERSION);
    JsonObject recipe = new JsonObject();
    run.plan.recipe().settings().forEach(recipe::addProperty);
    json.add("recipe", recipe);
    json.addProperty("epochs_before", run.plan.epochsBefore());
    json.addProperty("last_epoch", run.plan.lastEpoch());
    json.addProperty("iterations_before", run.plan.iterationsBefore());
    json.addProperty("images", run.plan.images());
    json.addProperty("batch_size", run.plan.batchSize());
    json.addProperty("seed", run.plan.seed());
    json.addProperty("epoch", run.epoch);
    json.addProperty("batch", run.batch);
    JsonObject measured = new JsonObject();
    run.measured().forEach((name, state) -> measured.addProperty(name, Doubles.text(state)));
    json.add("measured", measured);
    json.add("seconds", number(run.seconds));
    json.add("waited", number(run.waited));
    json.addProperty("learning_rate", run.learningRate);
    json.add("best", number(run.best.figure));
    json.addProperty("best_epoch", run.best.epoch);
    json.add("stop_best", number(run.stop.figure));
    json.addProperty("stop_epoch", run.stop.epoch);
    json.add("plateau_best", number(run.plateau.figure));
    json.addProperty("plateau_epoch", run.plateau.epoch);
    json.addProperty("reductions", run.reductions);
    json.addProperty("ended", run.ended);
    json.addProperty("finished", run.finished);
    JsonArray history = new JsonArray();
    run.history.forEach(epoch -> history.add(write(epoch)));
    json.add("history", history);
    return json.toString();
  }

  private static JsonObject write(EpochResult epoch) {
    JsonObject row = new JsonObject();
    row.addProperty("epoch", epoch.epoch());
    row.add("seconds", number(epoch.seconds()));
    row.add("ms_per_step", number(epoch.stepMillis()));
    JsonObject figures = new JsonObject();
    epoch.figures().forEach((name, value) -> figures.add(name, number(value)));
    row.add("figures", figures);
    row.add("learning_rate", number(epoch.learningRate()));
    row.add("waited", number(epoch.waited()));
    return row;
  }

  /** JSON has no NaN. */
  private static JsonElement number(double value) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  private static double number(JsonElement element) {
    return element.isJsonNull() ? Double.NaN : element.getAsDouble();
  }

  /**
   * Reads a state.
   *
   * @param from the file, for messages
   * @throws ModelException where the text is none
   */
  static RunState read(String text, String from) {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      int version = json.get("version").getAsInt();
      if (version != VERSION) {
        throw new ModelException(
            from
                + " holds a training in form "
                + version
                + ", and this release of Lanewise goes on with form "
                + VERSION);
      }
      return read(json);
    } catch (IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException
        | NullPointerException
        | IndexOutOfBoundsException
        | com.google.gson.JsonParseException e) {
      throw new ModelException(
          "what " + from + " says of its training cannot be used: " + e.getMessage(), e);
    }
  }

  private static RunState read(JsonObject json) {
    Map<String, String> recipe = new LinkedHashMap<>();
    json.getAsJsonObject("recipe")
        .entrySet()
        .forEach(entry -> recipe.put(entry.getKey(), entry.getValue().getAsString()));
    List<EpochResult> history = new ArrayList<>();
    json.getAsJsonArray("history").forEach(row -> history.add(epoch(row.getAsJsonObject())));
    RunState run =
        new RunState(
            new RunState.Plan(
                Recipe.of(recipe),
                json.get("epochs_before").getAsInt(),
                json.get("last_epoch").getAsInt(),
                json.get("iterations_before").getAsLong(),
                json.get("images").getAsInt(),
                json.get("batch_size").getAsInt(),
                json.get("seed").getAsLong()),
            history);
    run.epoch = json.get("epoch").getAsInt();
    run.batch = json.get("batch").getAsInt();
    Map<String, double[]> measured = new LinkedHashMap<>();
    json.getAsJsonObject("measured")
        .entrySet()
        .forEach(entry -> measured.put(entry.getKey(), Doubles.of(entry.getValue().getAsString())));
    run.setMeasured(measured);
    run.seconds = number(json.get("seconds"));
    run.waited = number(json.get("waited"));
    run.learningRate = json.get("learning_rate").getAsDouble();
    run.best.figure = number(json.get("best"));
    run.best.epoch = json.get("best_epoch").getAsInt();
    run.stop.figure = number(json.get("stop_best"));
    run.stop.epoch = json.get("stop_epoch").getAsInt();
    run.plateau.figure = number(json.get("plateau_best"));
    run.plateau.epoch = json.get("plateau_epoch").getAsInt();
    run.reductions = json.get("reductions").getAsInt();
    run.ended = json.get("ended").getAsBoolean();
    run.finished = json.has("finished") ? json.get("finished").getAsBoolean() : run.isOver();
    run.requireSense();
    return run;
  }

  private static EpochResult epoch(JsonObject row) {
    JsonObject figures = row.getAsJsonObject("figures");
    return new EpochResult(
        row.get("epoch").getAsInt(),
        number(row.get("seconds")),
        number(row.get("ms_per_step")),
        new Figures(
            List.copyOf(figures.keySet()),
            figures.asMap().values().stream().mapToDouble(RunText::number).toArray()),
        number(row.get("learning_rate")),
        number(row.get("waited")));
  }
}
