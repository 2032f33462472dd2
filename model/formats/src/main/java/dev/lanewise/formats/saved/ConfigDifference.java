package dev.lanewise.formats.saved;

import java.util.Locale;

/**
 * Something that a file's {@code model_config} says otherwise than the network.
 *
 * @param layer the network's layer; where the network has none, the file's
 * @param property what differs, by Keras's name: {@code "epsilon"}, {@code "strides"}; {@code
 *     "layer"} where one of the two has no such layer, {@code "inputs"} where they are connected
 *     otherwise
 * @param wanted the network's value
 * @param found the file's value
 */
public record ConfigDifference(String layer, String property, String wanted, String found) {
  /** How a batch normalisation is called: which statistics it normalises by. */
  public static final String TRAINING = "training";

  private static final String MOMENTUM = "momentum";

  /**
   * {@return whether the network predicts otherwise than the file's model would with the same
   * weights} All differences do but that in the momentum of a batch normalisation, which only
   * training uses, and in a call that says what prediction does anyway.
   */
  public boolean changesPredictions() {
    return switch (property) {
      case MOMENTUM -> false;
      case TRAINING -> wanted.equals("true") || found.equals("true");
      default -> true;
    };
  }

  /**
   * {@return a sentence: {@code layer 'bn1': epsilon is 0.001 in the network, 1e-05 in the file}}
   */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "layer '%s': %s is %s in the network, %s in the file",
        layer,
        property,
        wanted,
        found);
  }
}
