package dev.lanewise.model;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.formats.WeightFiles;
import dev.lanewise.formats.keras.KerasConfig;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What a file of weights says of the model that they were trained in: a training that starts from
 * them had better keep to it.
 *
 * @param network the spec's simple name; null where the file does not say it
 * @param height rows of the input images; 0 where the file does not say it
 * @param width columns of the input images; 0 where the file does not say it
 * @param preprocessing how it takes images; null where the file does not say it
 */
public record WeightSource(String network, int height, int width, Preprocessing preprocessing) {
  /**
   * Reads what a file of any producer says.
   *
   * @param file a model or weights, of Lanewise or another program
   * @return what the file says, with null or 0 for what it does not
   * @throws ModelException where the file says what is not known
   * @throws dev.lanewise.formats.saved.ModelFileException where it cannot be read
   */
  public static WeightSource of(Path file) {
    String from = file.toString();
    return ModelFiles.isModel(file)
        ? ModelFiles.use(file, false, saved -> of(saved, from))
        : WeightFiles.use(file, saved -> of(saved, from));
  }

  private static WeightSource of(SavedModel saved, String from) {
    return new WeightSource(
        saved.network(),
        saved.height(),
        saved.width(),
        ModelFileOptions.preprocessing(saved.attributes(), from));
  }

  /** Reads what a file that another program wrote says. */
  static WeightSource of(SavedWeights saved, String from) {
    KerasConfig config = saved.config() == null ? null : KerasConfig.parse(saved.config(), from);
    Preprocessing pixels = FilePixels.of(saved, config, from).orElse(null);
    if (config == null) {
      return new WeightSource(null, 0, 0, pixels);
    }
    OptionalInt height = config.height();
    OptionalInt width = config.width();
    boolean both = height.isPresent() && width.isPresent();
    return new WeightSource(
        null, both ? height.getAsInt() : 0, both ? width.getAsInt() : 0, pixels);
  }
}
