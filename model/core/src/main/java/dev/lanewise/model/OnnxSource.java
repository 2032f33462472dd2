package dev.lanewise.model;

import com.google.gson.JsonArray;
import dev.lanewise.formats.saved.OnnxNetwork;
import dev.lanewise.model.data.PixelMean;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.run.Snapshots;
import dev.lanewise.network.Network;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model as a network to be written as ONNX. */
final class OnnxSource {
  private static final int BYTE = 255;

  private OnnxSource() {}

  static OnnxNetwork of(Network network, List<String> classNames, Preprocessing preprocessing) {
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
        preprocessing instanceof PixelMean
            ? null
            : pixels(preprocessing, network.inputShape(1).c()),
        metadata);
  }

  /** Returns what a preprocessing does, which is seen from its results: a line for each channel. */
  private static OnnxNetwork.Pixels pixels(Preprocessing preprocessing, int channels) {
    byte[] bright = new byte[channels];
    Arrays.fill(bright, (byte) BYTE);
    float[] full = applied(preprocessing, bright);
    float[] shift = applied(preprocessing, new byte[channels]);
    float[] scale = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = (full[c] - shift[c]) / BYTE;
    }
    byte[] first = new byte[channels];
    first[0] = (byte) BYTE;
    boolean reversed = applied(preprocessing, first)[0] != full[0];
    return new OnnxNetwork.Pixels(scale, shift, reversed);
  }

  private static float[] applied(Preprocessing preprocessing, byte[] pixel) {
    float[] values = new float[pixel.length];
    preprocessing.apply(pixel, values, 0, pixel.length);
    return values;
  }
}
