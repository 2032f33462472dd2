package dev.lanewise.cli;

import java.util.Objects;
import picocli.CommandLine.Option;

/** Which network a command works with, and for images of which size. */
final class NetworkOptions {
  private static final String DEFAULT_NETWORK = "resnet50";
  private static final int DEFAULT_SIZE = 64;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      completionCandidates = NetworkNames.class,
      description =
          "The network: ${COMPLETION-CANDIDATES}. Default: that of a file with weights where one is"
              + " given and says it, else "
              + DEFAULT_NETWORK
              + ".")
  private String network;

  @Option(
      names = "--input",
      paramLabel = "HxW",
      converter = InputSize.Converter.class,
      description =
          "Height and width that images are resized to. Default: those of a file with weights where"
              + " one is given and says them, else "
              + DEFAULT_SIZE
              + "x"
              + DEFAULT_SIZE
              + ".")
  private InputSize input;

  /** Returns the network that was asked for; null for none. */
  String network() {
    return network;
  }

  /** Returns the size that was asked for; null for none. */
  InputSize input() {
    return input;
  }

  /**
   * Returns the network that was asked for, else the one of a file, else the usual one.
   *
   * @param known what the file says; null where there is none
   */
  String networkOr(String known) {
    return Objects.requireNonNullElse(network, Objects.requireNonNullElse(known, DEFAULT_NETWORK));
  }

  /**
   * Returns the size that was asked for, else the one of a file, else the usual one.
   *
   * @param known what the file says; null where there is none
   */
  InputSize inputOr(InputSize known) {
    InputSize usual = new InputSize(DEFAULT_SIZE, DEFAULT_SIZE);
    return Objects.requireNonNullElse(input, Objects.requireNonNullElse(known, usual));
  }
}
