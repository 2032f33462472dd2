package dev.lanewise.model.training;

import com.google.gson.JsonObject;
import dev.lanewise.formats.io.Replacement;
import dev.lanewise.model.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The epochs of one training, in order.
 *
 * @param epochs what each came to
 */
public record History(List<EpochResult> epochs) {
  /** Copies the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * {@return the epoch since which none was better; empty where no figure is a number}
   *
   * @param watch the figure that is compared; that of the training images where there were no
   *     others
   * @param delta by how much a later epoch has to be better
   */
  public Optional<EpochResult> best(Watch watch, double delta) {
    EpochResult best = null;
    double figure = Double.NaN;
    for (EpochResult epoch : epochs) {
      Watch measured = watch.in(epoch);
      if (measured.isBetter(measured.of(epoch), figure, delta)) {
        best = epoch;
        figure = measured.of(epoch);
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * {@return the history as a JSON object of one line, each value a list with one entry per epoch
   * under its name ({@code loss}, {@code accuracy}, {@code val_loss}, {@code val_accuracy}) or
   * {@code epoch}, {@code seconds}, {@code ms_per_step}} What was not measured in any epoch is left
   * out; a value that is not finite is null.
   */
  public String toJson() {
    JsonObject json = new JsonObject();
    json.add("epoch", JsonText.numbers(epochs.stream().map(EpochResult::epoch).toList()));
    for (String name : Figures.names(epochs)) {
      add(json, name, epoch -> epoch.figures().of(name));
    }
    add(json, "seconds", EpochResult::seconds);
    add(json, "ms_per_step", EpochResult::stepMillis);
    add(json, "learning_rate", EpochResult::learningRate);
    add(json, "waited", EpochResult::waited);
    return JsonText.of(json);
  }

  private void add(JsonObject json, String name, ToDoubleFunction<EpochResult> value) {
    List<Double> values = epochs.stream().map(value::applyAsDouble).toList();
    if (values.stream().anyMatch(v -> !Double.isNaN(v))) {
      json.add(name, JsonText.numbers(values));
    }
  }

  /**
   * Writes {@link #toJson} to a file, beside its place first and then moved, so that a crash leaves
   * the old file or the new one.
   *
   * @param file the file to write; an older one is replaced
   * @throws dev.lanewise.formats.saved.ModelFileException where the file cannot be written
   */
  public void writeJson(Path file) {
    Replacement.write(file, "the history", (toJson() + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
