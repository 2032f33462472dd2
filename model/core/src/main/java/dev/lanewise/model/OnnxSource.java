package dev.lanewise.model;

import com.google.gson.JsonArray;
import dev.lanewise.formats.saved.OnnxNetwork;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.run.Snapshots;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.Network;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.tensor.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model as a network to be written as ONNX. */
final class OnnxSource {
  private static final int BYTE = 255;

  private OnnxSource() {}

  static OnnxNetwork of(Network network, List<String> classNames, Preprocessing preprocessing) {
    requireStoredStatistics(network);
    JsonArray classes = new JsonArray();
    classNames.forEach(classes::add);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("network", network.name());
    metadata.put("classes", classes.toString());
    metadata.put("preprocessing", preprocessing.text());
    return new OnnxNetwork(
        network.name(),
        network.layerInfos(),
        Snapshots.layers(network),
        pixels(preprocessing, network.inputShape(1)),
        metadata);
  }

  /** ONNX predicts by the moving statistics alone. */
  private static void requireStoredStatistics(Network network) {
    for (LayerInfo layer : network.layerInfos()) {
      if (layer.config() instanceof LayerConfig.BatchNormalization norm
          && norm.mode() == BatchNorm.Mode.ALWAYS_BATCH) {
        throw new ModelException(
            "ONNX requires batch normalisations by moving statistics, and '"
                + layer.name()
                + "' of "
                + network.name()
                + " always normalises by those of the batch");
      }
    }
  }

  /** Returns what a preprocessing does, which is seen from its results: a line for each value. */
  private static OnnxNetwork.Pixels pixels(Preprocessing preprocessing, Shape image) {
    int channels = image.c();
    byte[] bright = new byte[image.size()];
    Arrays.fill(bright, (byte) BYTE);
    float[] full = applied(preprocessing, bright, channels);
    float[] dark = applied(preprocessing, new byte[bright.length], channels);
    float[] scale = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = (full[c] - dark[c]) / BYTE;
    }
    byte[] first = new byte[bright.length];
    first[0] = (byte) BYTE;
    boolean reversed = applied(preprocessing, first, channels)[0] != full[0];
    return new OnnxNetwork.Pixels(scale, shift(dark, image.pixels(), channels), reversed);
  }

  /** Returns [C] where all pixels are alike, else [C,H,W]. */
  private static float[] shift(float[] dark, int pixels, int channels) {
    float[] shift = new float[dark.length];
    boolean alike = true;
    for (int i = 0; i < dark.length; i++) {
      alike &= dark[i] == dark[i % channels];
      shift[i % channels * pixels + i / channels] = dark[i];
    }
    return alike ? Arrays.copyOf(dark, channels) : shift;
  }

  private static float[] applied(Preprocessing preprocessing, byte[] image, int channels) {
    float[] values = new float[image.length];
    preprocessing.apply(image, values, 0, channels);
    return values;
  }
}
