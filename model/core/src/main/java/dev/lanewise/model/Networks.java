package dev.lanewise.model;

import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.network.CifarResNet20Network;
import dev.lanewise.model.network.CifarResNet32Network;
import dev.lanewise.model.network.CifarResNet44Network;
import dev.lanewise.model.network.CifarResNet56Network;
import dev.lanewise.model.network.KerasResNet101Network;
import dev.lanewise.model.network.KerasResNet152Network;
import dev.lanewise.model.network.KerasResNet50Network;
import dev.lanewise.model.network.KerasResNet50V2Network;
import dev.lanewise.model.network.OriginalKerasResNet50Network;
import dev.lanewise.model.network.ResNet50Network;
import dev.lanewise.model.network.TorchResNet18Network;
import dev.lanewise.model.network.TorchResNet34Network;
import dev.lanewise.model.network.TorchResNet50Network;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The networks that are known by name, to the command line and to model files. */
public final class Networks {
  private static final Map<String, Entry> ENTRIES = new TreeMap<>();

  static {
    put("resnet50", ResNet50Network::new, Preprocessing.RESCALE);
    put("originalkerasresnet50", OriginalKerasResNet50Network::new, Preprocessing.CAFFE);
    put("kerasresnet50", KerasResNet50Network::new, Preprocessing.CAFFE);
    put("kerasresnet101", KerasResNet101Network::new, Preprocessing.CAFFE);
    put("kerasresnet152", KerasResNet152Network::new, Preprocessing.CAFFE);
    put("kerasresnet50v2", KerasResNet50V2Network::new, Preprocessing.SIGNED);
    put("torchresnet18", TorchResNet18Network::new, Preprocessing.IMAGENET);
    put("torchresnet34", TorchResNet34Network::new, Preprocessing.IMAGENET);
    put("torchresnet50", TorchResNet50Network::new, Preprocessing.IMAGENET);
    put("cifarresnet20", CifarResNet20Network::new, Preprocessing.RESCALE);
    put("cifarresnet32", CifarResNet32Network::new, Preprocessing.RESCALE);
    put("cifarresnet44", CifarResNet44Network::new, Preprocessing.RESCALE);
    put("cifarresnet56", CifarResNet56Network::new, Preprocessing.RESCALE);
  }

  private Networks() {}

  private static void put(String name, NetworkFactory factory, Preprocessing preprocessing) {
    ENTRIES.put(name, new Entry(factory, preprocessing));
  }

  /**
   * A network that is known by name.
   *
   * @param factory makes it
   * @param preprocessing how it takes images, unless it is told otherwise: as its family's weights
   *     were trained
   */
  public record Entry(NetworkFactory factory, Preprocessing preprocessing) {}

  /** Returns the names, in lower case and sorted. */
  public static List<String> names() {
    return List.copyOf(ENTRIES.keySet());
  }

  /**
   * Returns what is known of a network.
   *
   * @param name the spec's simple name, in any case
   * @throws ModelException where there is none of that name, listing those there are
   */
  public static Entry entry(String name) {
    Entry entry = ENTRIES.get(name.toLowerCase(Locale.ROOT));
    if (entry == null) {
      throw new ModelException(
          "there is no network '" + name + "'; known: " + String.join(", ", names()));
    }
    return entry;
  }

  /**
   * Returns the maker of a network.
   *
   * @param name the spec's simple name, in any case
   * @throws ModelException where there is none of that name, listing those there are
   */
  public static NetworkFactory factory(String name) {
    return entry(name).factory();
  }
}
