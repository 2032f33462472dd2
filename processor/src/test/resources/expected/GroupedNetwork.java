package good;

import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.spec.BatchNorm;
import javax.annotation.processing.Generated;

/** The network that {@link Grouped} declares: stem, 6 blocks, head. */
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
    add("1_1", new GroupedBlock1_1(layers(), "1"));
    add("1_2", new GroupedBlock1_1(layers(), "2"));
    add("2_3", new GroupedBlock2_3(layers(), "3"));
    add("2_4", new GroupedBlock2_4(layers(), "4"));
    add("3_5", new GroupedBlock3_5(layers(), "5"));
    add("3_6", new GroupedBlock3_6(layers(), "6"));
    if (hasTop()) {
      add("head", new GroupedHead(layers(), featureShape(), classes()));
    }
    initialize();
  }
}
