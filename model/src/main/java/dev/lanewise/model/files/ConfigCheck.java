package dev.lanewise.model.files;

import dev.lanewise.network.LayerInfo;
import java.util.List;

final class ConfigCheck {
  private ConfigCheck() {}

  static List<ConfigDifference> differences(KerasConfig config, List<LayerInfo> network) {
    return List.of();
  }
}
