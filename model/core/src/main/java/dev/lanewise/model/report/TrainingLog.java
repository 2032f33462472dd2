package dev.lanewise.model.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.lanewise.formats.io.Replacement;
import dev.lanewise.model.text.JsonText;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.model.training.TrainingRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a line of JSON for each epoch, and where asked for each step, as soon as it is done. In a
 * training that is resumed the file goes on from where the model stands: lines of later steps,
 * which are done again, are taken out, and epochs that are not there are added.
 */
public final class TrainingLog implements TrainingListener {
  private static final String EVENT = "event";
  private static final String EPOCH = "epoch";
  private static final String STEP = "step";
  private static final String BATCH = "batch";

  private final Path file;
  private final boolean steps;
  private final LogFile<OutputStream> log;

  /**
   * Prepares a log.
   *
   * @param file where it goes; a training that is new replaces it
   * @param steps whether steps have a line, too
   */
  public TrainingLog(Path file, boolean steps) {
    this.file = file;
    this.log = new LogFile<>("cannot write the log to '" + file + "'");
    this.steps = steps;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    log.open(() -> continued(run));
  }

  /** Returns the file with the lines of before, open for further ones. */
  private OutputStream continued(TrainingRun run) throws IOException {
    List<String> kept = new ArrayList<>();
    Set<Integer> epochs = new HashSet<>();
    for (String line : linesThere()) {
      JsonObject json = parse(line);
      if (json != null && isDone(json, run.plan())) {
        kept.add(line);
        if (json.get(EVENT).getAsString().equals(EPOCH)) {
          epochs.add(json.get(EPOCH).getAsInt());
        }
      }
    }
    for (EpochResult epoch : run.history().epochs()) {
      if (!epochs.contains(epoch.epoch())) {
        kept.add(line(epoch));
      }
    }
    StringBuilder text = new StringBuilder();
    kept.forEach(line -> text.append(line).append('\n'));
    Replacement.write(file, "the log", text.toString().getBytes(StandardCharsets.UTF_8));
    return Files.newOutputStream(file, StandardOpenOption.APPEND);
  }

  private List<String> linesThere() throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** Returns a line's object; null for what a crash has torn, or another program wrote. */
  private static JsonObject parse(String line) {
    try {
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      return json.has(EVENT) && json.has(EPOCH) ? json : null;
    } catch (JsonParseException | IllegalStateException e) {
      return null;
    }
  }

  /** Returns whether a line tells of what was done before a training. */
  private static boolean isDone(JsonObject line, TrainingPlan plan) {
    int epoch = line.get(EPOCH).getAsInt();
    boolean within =
        epoch == plan.firstEpoch()
            && line.has(BATCH)
            && line.get(BATCH).getAsInt() <= plan.batchesDone();
    return epoch < plan.firstEpoch() || within;
  }

  @Override
  public void onStepEnd(StepResult step) {
    if (!steps) {
      return;
    }
    JsonObject json = new JsonObject();
    json.addProperty(EVENT, STEP);
    json.addProperty(EPOCH, step.epoch());
    json.addProperty(BATCH, step.batch());
    json.addProperty("iteration", step.iteration());
    add(json, "batch_loss", step.batchLoss());
    step.figures().forEach((name, value) -> add(json, name, value));
    add(json, "learning_rate", step.learningRate());
    add(json, "gradient_norm", step.gradientNorm());
    write(JsonText.of(json));
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    write(line(epoch));
  }

  private static String line(EpochResult epoch) {
    JsonObject json = new JsonObject();
    json.addProperty(EVENT, EPOCH);
    json.addProperty(EPOCH, epoch.epoch());
    epoch.figures().forEach((name, value) -> add(json, name, value));
    add(json, "seconds", epoch.seconds());
    add(json, "ms_per_step", epoch.stepMillis());
    add(json, "learning_rate", epoch.learningRate());
    add(json, "waited", epoch.waited());
    return JsonText.of(json);
  }

  /** Adds a number, unless it was not measured. */
  private static void add(JsonObject json, String name, double value) {
    if (!Double.isNaN(value)) {
      json.add(name, JsonText.number(value));
    }
  }

  private void write(String line) {
    // Nothing is held back: what is done is in the file.
    log.write(to -> to.write((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void onTrainEnd(History history) {
    log.close();
  }

  @Override
  public void onTrainFailed(Throwable failure) {
    log.close();
  }
}
