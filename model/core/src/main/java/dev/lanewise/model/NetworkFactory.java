package dev.lanewise.model;

import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;

/** Makes a network: the constructor of a generated class, such as {@code ResNet50Network::new}. */
@FunctionalInterface
public interface NetworkFactory {
  /**
   * Makes a network with freshly drawn parameters.
   *
   * @param options input size, classes, seed, initialiser and threads
   * @return the network
   * @throws IllegalArgumentException where the network cannot take the input size, saying why
   */
  Network create(NetworkOptions options);
}
