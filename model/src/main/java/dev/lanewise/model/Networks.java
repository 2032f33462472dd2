package dev.lanewise.model;

import dev.lanewise.model.network.CifarResNet20Network;
import dev.lanewise.model.network.CifarResNet32Network;
import dev.lanewise.model.network.CifarResNet44Network;
import dev.lanewise.model.network.CifarResNet56Network;
import dev.lanewise.model.network.ResNet50Network;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The networks that are known by name, to the command line and to model files. */
public final class Networks {
  private static final Map<String, NetworkFactory> FACTORIES = new TreeMap<>();

  static {
    FACTORIES.put("resnet50", ResNet50Network::new);
    FACTORIES.put("cifarresnet20", CifarResNet20Network::new);
    FACTORIES.put("cifarresnet32", CifarResNet32Network::new);
    FACTORIES.put("cifarresnet44", CifarResNet44Network::new);
    FACTORIES.put("cifarresnet56", CifarResNet56Network::new);
  }

  private Networks() {}

  /** Returns the names, in lower case and sorted. */
  public static List<String> names() {
    return List.copyOf(FACTORIES.keySet());
  }

  /**
   * Returns the maker of a network.
   *
   * @param name the spec's simple name, in any case
   * @throws ModelException where there is none of that name, listing those there are
   */
  public static NetworkFactory factory(String name) {
    NetworkFactory factory = FACTORIES.get(name.toLowerCase(Locale.ROOT));
    if (factory == null) {
      throw new ModelException(
          "there is no network '" + name + "'; known: " + String.join(", ", names()));
    }
    return factory;
  }
}
