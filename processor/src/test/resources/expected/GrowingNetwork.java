package good;

import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.spec.BatchNorm;
import javax.annotation.processing.Generated;

/** The network that {@link Growing} declares: stem, 6 blocks, tail, head. */
@SuppressWarnings("exports")
@Generated("dev.lanewise.processor.LanewiseProcessor")
public final class GrowingNetwork extends Network {
  /**
   * Makes the network and draws its parameters.
   *
   * @param options input size, classes, seed and threads
   */
  public GrowingNetwork(NetworkOptions options) {
    super("Growing", options, 3, 0.99, 0.001, BatchNorm.Mode.BY_PHASE);
    add("stem", new GrowingStem(layers()));
    add("dense1.layer1", new GrowingBlockDense1_layer1(layers(), "dense1.layer1", 8, 20));
    add("dense1.layer2", new GrowingBlockDense1_layer2(layers(), "dense1.layer2", 12, 20));
    add("dense1.layer3", new GrowingBlockDense1_layer2(layers(), "dense1.layer3", 16, 20));
    add("transition_1", new GrowingBlockTransition_1(layers(), "transition"));
    add("dense2.layer1", new GrowingBlockDense1_layer1(layers(), "dense2.layer1", 10, 18));
    add("dense2.layer2", new GrowingBlockDense1_layer2(layers(), "dense2.layer2", 14, 18));
    add("tail", new GrowingTail(layers()));
    if (hasTop()) {
      add("head", new GrowingHead(layers(), featureShape(), classes()));
    }
    initialize();
  }
}
