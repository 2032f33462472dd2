package dev.lanewise.model;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.formats.WeightFiles;
import dev.lanewise.formats.keras.KerasConfig;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import java.nio.file.Path;

/**
 * What a file of weights says of the model that they were trained in: a training that starts from
 * them had better keep to it.
 *
 * @param network the spec's simple name; null where the file does not say it
 * @param height rows of the input images; 0 where the file does not say it
 * @param width columns of the input images; 0 where the file does not say it
 * @param preprocessing how it takes images; null where the file does not say it
 * @param refusal why what the file's own model makes of pixels is no preprocessing; null where
 *     nothing is refused
 */
public record WeightSource(
    String network, int height, int width, Preprocessing preprocessing, String refusal) {
  /**
   * What a file says, of which nothing is refused.
   *
   * @param network the spec's simple name; null where the file does not say it
   * @param height rows of the input images; 0 where the file does not say it
   * @param width columns of the input images; 0 where the file does not say it
   * @param preprocessing how it takes images; null where the file does not say it
   */
  public WeightSource(String network, int height, int width, Preprocessing preprocessing) {
    this(network, height, width, preprocessing, null);
  }

  /**
   * {@return how the model takes images; null where the file does not say it}
   *
   * @throws ModelException where the file's own model makes of pixels what no preprocessing can
   */
  @Override
  public Preprocessing preprocessing() {
    if (refusal != null) {
      throw new ModelException(refusal);
    }
    return preprocessing;
  }

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
    int height = config == null ? 0 : config.height().orElse(0);
    int width = config == null ? 0 : config.width().orElse(0);
    boolean both = height > 0 && width > 0;
    Preprocessing pixels = null;
    String refusal = null;
    try {
      pixels = FilePixels.of(saved, config, from).orElse(null);
    } catch (ModelException e) {
      // Only who asks for it has to know: it may be given by other means.
      refusal = e.getMessage();
    }
    return new WeightSource(null, both ? height : 0, both ? width : 0, pixels, refusal);
  }
}
