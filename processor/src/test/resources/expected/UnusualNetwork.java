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
    add(new UnusualStem(layers()));
    add(new UnusualBlock_2_x1(layers(), "conv-2.x", "1"));
    add(new UnusualBlock_2_x1(layers(), "conv-2.x", "2"));
    add(new UnusualBlock_2_x1(layers(), "conv-2.x", "3"));
    add(new UnusualBlock3A(layers(), "conv3", "A"));
    add(new UnusualBlock3B(layers(), "conv3", "B"));
    add(new UnusualHead(layers(), featureShape(), classes()));
    initialize();
  }
}
