package dev.lanewise.formats.keras;

import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.saved.SavedArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings the arrays of a layer, as some version of Keras wrote them, into Keras 2's names. */
final class KerasArrays {
  private static final String KERNEL = "kernel";
  private static final String BIAS = "bias";
  private static final List<String> BATCH_NORM =
      List.of("gamma", "beta", "moving_mean", "moving_variance");
  private static final Set<String> NAMES =
      Set.of(KERNEL, BIAS, "gamma", "beta", "moving_mean", "moving_variance");

  /** Of a normalisation of pixels, which Keras counts in a third that is no weight. */
  private static final List<String> PIXELS = List.of("mean", "variance");

  /** TensorFlow numbers variables whose scope it entered before: {@code kernel_1}. */
  private static final Pattern NUMBERED =
      Pattern.compile("((?:depthwise_)?kernel|bias|gamma|beta|moving_mean|moving_variance)_\\d+");

  /** Keras 1's running_std holds the variance too. */
  private static final Map<String, String> KERAS_1 =
      Map.of(
          "W", KERNEL,
          "b", BIAS,
          "gamma", "gamma",
          "beta", "beta",
          "running_mean", "moving_mean",
          "running_std", "moving_variance");

  private static final Pattern KERAS_1_NAME =
      Pattern.compile(".*?_(W|b|gamma|beta|running_mean|running_std)(_\\d+)?");

  private KerasArrays() {}

  /** Takes the number of TensorFlow's output from a variable's name: {@code kernel:0}. */
  static String withoutOutput(String variable) {
    return variable.endsWith(":0") ? variable.substring(0, variable.length() - 2) : variable;
  }

  /** Returns the weight's name that stands in a variable's. */
  static String name(String variable) {
    String name = withoutOutput(variable);
    Matcher numbered = NUMBERED.matcher(name);
    if (numbered.matches()) {
      return numbered.group(1);
    }
    Matcher keras1 = KERAS_1_NAME.matcher(name);
    return keras1.matches() ? KERAS_1.get(keras1.group(1)) : name;
  }

  /**
   * Names arrays that have no names of weights, but numbers, by their order and shapes: a kernel
   * and its bias, the four of a batch normalisation, or the two of a normalisation of pixels.
   * Others stay as they are.
   */
  static List<SavedArray> named(List<SavedArray> arrays) {
    if (arrays.stream().anyMatch(array -> NAMES.contains(array.name()))) {
      return arrays;
    }
    List<String> names = List.of();
    if (arrays.size() == BATCH_NORM.size() && arrays.stream().allMatch(KerasArrays::isVector)) {
      names = BATCH_NORM;
    } else if (arrays.size() == PIXELS.size() && arrays.stream().allMatch(KerasArrays::isVector)) {
      names = PIXELS;
    } else if (!arrays.isEmpty() && arrays.size() <= 2 && arrays.get(0).shape().length > 1) {
      names = List.of(KERNEL, BIAS).subList(0, arrays.size());
    }
    List<SavedArray> named = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      named.add(i < names.size() ? arrays.get(i).renamed(names.get(i)) : arrays.get(i));
    }
    return named;
  }

  private static boolean isVector(SavedArray array) {
    return array.shape().length == 1;
  }

  /**
   * Refuses kernels in Theano's order, which Keras 1 kept in files of its setting {@code th}:
   * [OC,IC,KH,KW], seen by the bias that has OC values.
   */
  static void checkOrder(String layer, List<SavedArray> arrays) {
    if (arrays.size() != 2
        || !arrays.get(0).name().equals(KERNEL)
        || !arrays.get(1).name().equals(BIAS)) {
      return;
    }
    int[] kernel = arrays.get(0).shape();
    int[] bias = arrays.get(1).shape();
    if (kernel.length == 4 && bias.length == 1 && kernel[3] != bias[0] && kernel[0] == bias[0]) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "the kernel of layer '%s' has shape %s in Theano's order [OC,IC,KH,KW], and"
                  + " TensorFlow's [KH,KW,IC,OC] is wanted",
              layer,
              arrays.get(0).shapeText()));
    }
  }

  /**
   * Turns the kernels of convolutions that Keras 2 saved while it worked with Theano: Theano
   * convolves with kernels that are turned by 180 degrees.
   */
  static List<SavedArray> turned(List<SavedArray> arrays) {
    return arrays.stream()
        .map(
            array ->
                array.name().equals(KERNEL) && array.shape().length == 4
                    ? array.changed(values -> turned(values, array.shape()))
                    : array)
        .toList();
  }

  private static float[] turned(float[] values, int[] shape) {
    int taps = shape[0] * shape[1];
    int each = shape[2] * shape[3];
    float[] turned = new float[values.length];
    for (int tap = 0; tap < taps; tap++) {
      System.arraycopy(values, tap * each, turned, (taps - 1 - tap) * each, each);
    }
    return turned;
  }
}
