package good;

import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.spec.BatchNorm;
import javax.annotation.processing.Generated;

/** The network that {@link Unusual} declares: stem, 5 blocks, head. */
@SuppressWarnings("exports")
@Generated("dev.lanewise.processor.LanewiseProcessor")
public final class UnusualNetwork extends Network {
  /**
   * Makes the network and draws its parameters.
   *
   * @param options input size, classes, seed and threads
   */
  public UnusualNetwork(NetworkOptions options) {
    super("Unusual", options, 4, 0.99, 0.001, BatchNorm.Mode.ALWAYS_BATCH);
    add("stem", new UnusualStem(layers()));
    add("conv-2.x1", new UnusualBlock_2_x1(layers(), "conv-2.x", "1"));
    add("conv-2.x2", new UnusualBlock_2_x1(layers(), "conv-2.x", "2"));
    add("conv-2.x3", new UnusualBlock_2_x1(layers(), "conv-2.x", "3"));
    add("conv3A", new UnusualBlock3A(layers(), "conv3", "A"));
    add("conv3B", new UnusualBlock3B(layers(), "conv3", "B"));
    if (hasTop()) {
      add("head", new UnusualHead(layers(), featureShape(), classes()));
    }
    initialize();
  }
}
