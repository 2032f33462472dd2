package dev.lanewise.cli;

import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.Network;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether images are so small that a network's maps shrink to a point long before its end. */
final class SmallInput {
  /** The last stage of a ResNet holds a fifth of the convolutions: that much is usual. */
  private static final double MOST = 0.25;

  private SmallInput() {}

  /** Returns what is wrong, as a sentence; empty where maps stay larger than a point. */
  static Optional<String> warning(Network network) {
    List<LayerInfo> convolutions =
        network.layerInfos().stream()
            .filter(layer -> layer.config() instanceof LayerConfig.Convolution)
            .toList();
    List<LayerInfo> points = convolutions.stream().filter(SmallInput::isPoint).toList();
    if (points.size() <= MOST * convolutions.size()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "images of %dx%d are small for %s: from layer '%s' on, its maps are 1x1, which is %d of"
                + " its %d convolutions; a larger --input lets them see a picture",
            network.inputShape(1).h(),
            network.inputShape(1).w(),
            network.name(),
            points.getFirst().name(),
            points.size(),
            convolutions.size()));
  }

  private static boolean isPoint(LayerInfo layer) {
    return layer.outputShape().get(0) == 1 && layer.outputShape().get(1) == 1;
  }
}
