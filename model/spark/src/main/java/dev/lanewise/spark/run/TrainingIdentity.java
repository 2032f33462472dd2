package dev.lanewise.spark.run;

import com.google.gson.GsonBuilder;
import dev.lanewise.exchange.Precision;
import dev.lanewise.spark.data.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** What tells one training from another: all that its result depends on. */
public final class TrainingIdentity {
  private static final int DIGITS = 16;

  private TrainingIdentity() {}

  /** Returns a text that is equal for equal trainings. */
  static String text(
      TrainingData data, TrainingSettings settings, Precision wire, Configuration hadoop) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("images", data.identity(hadoop));
    all.put("network", settings.network());
    all.put("input", settings.height() + "x" + settings.width());
    all.put("epochs", settings.epochs());
    all.put("batch", settings.batchSize());
    all.put("seed", settings.seed());
    all.put("optimizer", settings.optimizer().toString());
    all.put("recipe", settings.recipe());
    all.put("wire", wire.toString());
    return new GsonBuilder().setPrettyPrinting().create().toJson(all) + "\n";
  }

  /**
   * {@return 16 hexadecimal digits that are equal for equal trainings}
   *
   * @param data the images
   * @param settings what is trained
   * @param wire how gradients travel
   * @param hadoop the settings of Hadoop file systems
   */
  public static String digest(
      TrainingData data, TrainingSettings settings, Precision wire, Configuration hadoop) {
    byte[] text = text(data, settings, wire, hadoop).getBytes(StandardCharsets.UTF_8);
    return Sha256.text(text).substring(0, DIGITS);
  }
}
