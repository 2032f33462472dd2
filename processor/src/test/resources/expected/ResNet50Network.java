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
    add("stem", new ResNet50Stem(layers()));
    add("2a", new ResNet50Block2a(layers(), "2", "a"));
    add("2b", new ResNet50Block2b(layers(), "2", "b"));
    add("2c", new ResNet50Block2b(layers(), "2", "c"));
    add("3a", new ResNet50Block3a(layers(), "3", "a"));
    add("3b", new ResNet50Block3b(layers(), "3", "b"));
    add("3c", new ResNet50Block3b(layers(), "3", "c"));
    add("3d", new ResNet50Block3b(layers(), "3", "d"));
    add("4a", new ResNet50Block4a(layers(), "4", "a"));
    add("4b", new ResNet50Block4b(layers(), "4", "b"));
    add("4c", new ResNet50Block4b(layers(), "4", "c"));
    add("4d", new ResNet50Block4b(layers(), "4", "d"));
    add("4e", new ResNet50Block4b(layers(), "4", "e"));
    add("4f", new ResNet50Block4b(layers(), "4", "f"));
    add("5a", new ResNet50Block5a(layers(), "5", "a"));
    add("5b", new ResNet50Block5b(layers(), "5", "b"));
    add("5c", new ResNet50Block5b(layers(), "5", "c"));
    if (hasTop()) {
      add("head", new ResNet50Head(layers(), featureShape(), classes()));
    }
    initialize();
  }
}
