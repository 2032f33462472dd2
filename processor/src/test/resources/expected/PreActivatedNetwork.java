package good;

import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.spec.BatchNorm;
import javax.annotation.processing.Generated;

/** The network that {@link PreActivated} declares: stem, 8 blocks, tail, head. */
@SuppressWarnings("exports")
@Generated("dev.lanewise.processor.LanewiseProcessor")
public final class PreActivatedNetwork extends Network {
  /**
   * Makes the network and draws its parameters.
   *
   * @param options input size, classes, seed and threads
   */
  public PreActivatedNetwork(NetworkOptions options) {
    super("PreActivated", options, 3, 0.9, 0.001, BatchNorm.Mode.BY_PHASE);
    add("stem", new PreActivatedStem(layers()));
    add("conv2_1", new PreActivatedBlock2_1(layers(), "conv2", "1"));
    add("conv2_2", new PreActivatedBlock2_2(layers(), "conv2", "2"));
    add("conv2_3", new PreActivatedBlock2_3(layers(), "conv2", "3"));
    add("conv3_1", new PreActivatedBlock3_1(layers(), "conv3", "1"));
    add("conv3_2", new PreActivatedBlock3_1(layers(), "conv3", "2"));
    add("conv4_1", new PreActivatedBlock4_1(layers(), "conv4", "1"));
    add("conv4_2", new PreActivatedBlock4_2(layers(), "conv4", "2"));
    add("conv5_1", new PreActivatedBlock5_1(layers(), "conv5", "1"));
    add("tail", new PreActivatedTail(layers()));
    if (hasTop()) {
      add("head", new PreActivatedHead(layers(), featureShape(), classes()));
    }
    initialize();
  }
}
