package good;

import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.spec.BatchNorm;
import javax.annotation.processing.Generated;

/** The network that {@link Grouped} declares: stem, 6 blocks, tail, head. */
@SuppressWarnings("exports")
@Generated("dev.lanewise.processor.LanewiseProcessor")
public final class GroupedNetwork extends Network {
  /**
   * Makes the network and draws its parameters.
   *
   * @param options input size, classes, seed and threads
   */
  public GroupedNetwork(NetworkOptions options) {
    super("Grouped", options, 3, 0.99, 0.001, BatchNorm.Mode.BY_PHASE);
    add("stem", new GroupedStem(layers()));
    add("features.1", new GroupedBlockFeatures_1(layers(), "features.1"));
    add("features.2", new GroupedBlockFeatures_1(layers(), "features.2"));
    add("features.3", new GroupedBlockFeatures_3(layers(), "features.3"));
    add("features.4", new GroupedBlockFeatures_4(layers(), "features.4"));
    add("split_4", new GroupedBlockSplit_4(layers(), "split_4"));
    add("split_5", new GroupedBlockSplit_5(layers(), "split_5"));
    add("tail", new GroupedTail(layers()));
    if (hasTop()) {
      add("head", new GroupedHead(layers(), featureShape(), classes()));
    }
    initialize();
  }
}
