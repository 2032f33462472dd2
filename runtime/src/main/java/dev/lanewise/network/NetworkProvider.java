package dev.lanewise.network;

/**
 * Offers a network to programs that look networks up by name, through {@link
 * java.util.ServiceLoader}.
 *
 * <p>The annotation processor writes a provider beside each network, and its entry in {@code
 * META-INF/services}. A named module, for which the JVM does not read that entry, says {@code
 * provides dev.lanewise.network.NetworkProvider with my.MyNetProvider} itself.
 */
public interface NetworkProvider {
  /**
   * Returns the type that declares the network by annotations; the network goes by its names.
   *
   * @return the annotated interface
   */
  Class<?> declaration();

  /**
   * Returns the channels of the images that the network takes.
   *
   * @return the C of its input, [N, H, W, C]
   */
  int channels();

  /**
   * Makes the network with freshly drawn parameters.
   *
   * @param options input size, classes, seed and threads
   * @return the network
   * @throws IllegalArgumentException where the network cannot take the input size, saying why
   */
  Network create(NetworkOptions options);
}
