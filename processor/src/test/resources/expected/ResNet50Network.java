package good;

import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.spec.BatchNorm;
import javax.annotation.processing.Generated;

/** The network that {@link ResNet50} declares: stem, 16 blocks, head. */
@SuppressWarnings("exports")
@Generated("dev.lanewise.processor.LanewiseProcessor")
public final class ResNet50Network extends Network {
  /**
   * Makes the network and draws its parameters.
   *
   * @param options input size, classes, seed and threads
   */
  public ResNet50Network(NetworkOptions options) {
    super("ResNet50", options, 3, 0.99, 0.001, BatchNorm.Mode.BY_PHASE);
    add(new ResNet50Stem(layers()));
    add(new ResNet50Block2a(layers(), "2", "a"));
    add(new ResNet50Block2b(layers(), "2", "b"));
    add(new ResNet50Block2b(layers(), "2", "c"));
    add(new ResNet50Block3a(layers(), "3", "a"));
    add(new ResNet50Block3b(layers(), "3", "b"));
    add(new ResNet50Block3b(layers(), "3", "c"));
    add(new ResNet50Block3b(layers(), "3", "d"));
    add(new ResNet50Block4a(layers(), "4", "a"));
    add(new ResNet50Block4b(layers(), "4", "b"));
    add(new ResNet50Block4b(layers(), "4", "c"));
    add(new ResNet50Block4b(layers(), "4", "d"));
    add(new ResNet50Block4b(layers(), "4", "e"));
    add(new ResNet50Block4b(layers(), "4", "f"));
    add(new ResNet50Block5a(layers(), "5", "a"));
    add(new ResNet50Block5b(layers(), "5", "b"));
    add(new ResNet50Block5b(layers(), "5", "c"));
    add(new ResNet50Head(layers(), featureShape(), classes()));
    initialize();
  }
}
