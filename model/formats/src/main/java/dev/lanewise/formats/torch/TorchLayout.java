package dev.lanewise.formats.torch;

import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keras's names and layouts of a layer's arrays, and PyTorch's.
 *
 * <p>A tensor's name is the path of its module, a dot and a name within it. A convolution's {@code
 * weight} is [OC,IC,KH,KW], a linear layer's [out,in], a batch normalisation's [C]; beside it are
 * {@code bias} and, in batch normalisation, {@code running_mean}, {@code running_var} and {@code
 * num_batches_tracked}.
 */
public final class TorchLayout {
  public static final String BATCHES = "num_batches_tracked";

  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  /** Keras's names, in Keras's order. */
  private static final List<String> ORDER =
      List.of("kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance");

  private static final Map<String, String> TO_TORCH =
      Map.of(
          "kernel", WEIGHT,
          "gamma", WEIGHT,
          "bias", BIAS,
          "beta", BIAS,
          "moving_mean", "running_mean",
          "moving_variance", "running_var");

  private TorchLayout() {}

  /**
   * A tensor in PyTorch's layout.
   *
   * @param name the module's path, a dot and the name within it
   * @param shape extents
   * @param values gives them, row-major
   */
  public record Tensor(String name, List<Long> shape, Supplier<float[]> values) {
    /** Returns the module's path; the whole name where there is none. */
    public String module() {
      int dot = name.lastIndexOf('.');
      return dot < 0 ? name : name.substring(0, dot);
    }

    /** Returns the name within the module. */
    public String leaf() {
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }

  /**
   * Adds the layer of a module, where it has anything but counters.
   *
   * @throws FormatException where a name or an extent cannot be a layer's
   */
  public static void addLayer(String module, List<Tensor> tensors, List<SavedLayer> layers) {
    boolean norm =
        tensors.stream().anyMatch(t -> t.leaf().startsWith("running_") || isWeightOfNorm(t));
    List<SavedArray> arrays = new ArrayList<>();
    try {
      for (Tensor tensor : tensors) {
        if (!tensor.leaf().equals(BATCHES)) {
          arrays.add(array(tensor, norm));
        }
      }
      arrays.sort((a, b) -> Integer.compare(rank(a), rank(b)));
      if (!arrays.isEmpty()) {
        layers.add(new SavedLayer(module, arrays));
      }
    } catch (IllegalArgumentException e) {
      throw new FormatException(
          "the tensors of '" + module + "' are no layer's: " + e.getMessage(), e);
    }
  }

  private static boolean isWeightOfNorm(Tensor tensor) {
    return tensor.leaf().equals(WEIGHT) && tensor.shape().size() == 1;
  }

  private static int rank(SavedArray array) {
    int index = ORDER.indexOf(array.name());
    return index < 0 ? ORDER.size() : index;
  }

  private static SavedArray array(Tensor tensor, boolean norm) {
    int[] shape = new int[tensor.shape().size()];
    for (int i = 0; i < shape.length; i++) {
      long extent = tensor.shape().get(i);
      if (extent > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "'%s' has the shape %s", tensor.name(), tensor.shape()));
      }
      shape[i] = (int) extent;
    }
    String leaf = tensor.leaf();
    String name =
        switch (leaf) {
          case WEIGHT -> norm ? "gamma" : "kernel";
          case BIAS -> norm ? "beta" : "bias";
          case "running_mean" -> "moving_mean";
          case "running_var" -> "moving_variance";
          default -> leaf;
        };
    return name.equals("kernel")
        ? kernel(shape, tensor.values())
        : new SavedArray(name, shape, tensor.values());
  }

  private static SavedArray kernel(int[] torch, Supplier<float[]> values) {
    return switch (torch.length) {
      case 2 ->
          new SavedArray(
              "kernel",
              new int[] {torch[1], torch[0]},
              () -> transposed(values.get(), torch[0], torch[1]));
      case 4 ->
          new SavedArray(
              "kernel",
              new int[] {torch[2], torch[3], torch[1], torch[0]},
              () -> transposed(values.get(), torch[0], torch[1], torch[2] * torch[3]));
      default -> new SavedArray("kernel", torch, values);
    };
  }

  /** Returns the tensors of a layer, without batch normalisation's counter. */
  public static List<Tensor> tensors(SavedLayer layer) {
    List<Tensor> tensors = new ArrayList<>();
    for (SavedArray array : layer.arrays()) {
      String name = layer.name() + "." + TO_TORCH.getOrDefault(array.name(), array.name());
      tensors.add(
          array.name().equals("kernel")
              ? weight(name, array)
              : new Tensor(name, longs(array.shape()), array::values));
    }
    return tensors;
  }

  /** Returns whether PyTorch counts the batches that a layer has seen. */
  public static boolean counts(SavedLayer layer) {
    return layer.arrays().stream().anyMatch(array -> array.name().equals("moving_mean"));
  }

  private static Tensor weight(String name, SavedArray kernel) {
    int[] k = kernel.shape();
    return switch (k.length) {
      case 2 -> new Tensor(name, longs(k[1], k[0]), () -> transposed(kernel.values(), k[0], k[1]));
      case 4 ->
          new Tensor(
              name,
              longs(k[3], k[2], k[0], k[1]),
              () -> transposed(kernel.values(), k[0] * k[1], k[2], k[3]));
      default -> new Tensor(name, longs(k), kernel::values);
    };
  }

  private static List<Long> longs(int... shape) {
    List<Long> extents = new ArrayList<>();
    for (int extent : shape) {
      extents.add((long) extent);
    }
    return extents;
  }

  /** Turns [rows,columns] into [columns,rows]. */
  private static float[] transposed(float[] values, int rows, int columns) {
    return transposed(values, rows, 1, columns);
  }

  /**
   * Turns [a,b,c] into [c,b,a]: [OC,IC,KH*KW] into [KH*KW,IC,OC], or back.
   *
   * @throws IllegalArgumentException where there are more or fewer values
   */
  private static float[] transposed(float[] values, int a, int b, int c) {
    if ((long) a * b * c != values.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d x %d x %d values are wanted, got %d", a, b, c, values.length));
    }
    float[] result = new float[values.length];
    for (int j = 0; j < b; j++) {
      for (int k = 0; k < c; k++) {
        int row = (k * b + j) * a;
        for (int i = 0; i < a; i++) {
          result[row + i] = values[(i * b + j) * c + k];
        }
      }
    }
    return result;
  }
}
