package good;

import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.spec.BatchNorm;
import javax.annotation.processing.Generated;

/** The network that {@link Positions} declares: stem, 2 blocks, head. */
@SuppressWarnings("exports")
@Generated("dev.lanewise.processor.LanewiseProcessor")
public final class PositionsNetwork extends Network {
  /**
   * Makes the network and draws its parameters.
   *
   * @param options input size, classes, seed and threads
   */
  public PositionsNetwork(NetworkOptions options) {
    super("Positions", options, 3, 0.99, 0.001, BatchNorm.Mode.BY_PHASE);
    add("stem", new PositionsStem(layers()));
    add("2_1", new PositionsBlock2_1(layers(), 4));
    add("2_2", new PositionsBlock2_2(layers(), 8));
    if (hasTop()) {
      add("head", new PositionsHead(layers(), featureShape(), classes()));
    }
    initialize();
  }
}
