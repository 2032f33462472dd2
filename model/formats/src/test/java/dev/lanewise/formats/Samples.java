package dev.lanewise.formats;

import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedSlot;
import dev.lanewise.formats.saved.SavedTraining;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.tensor.Window;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Snapshots for tests. */
public final class Samples {
  private static final float[] SPECIAL = {
    -0.0f,
    0.0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    1e-40f,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    1f / 3f
  };

  private Samples() {}

  /** Returns a file that lies beside this class. */
  public static Path resource(String name) {
    try {
      return Path.of(Samples.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns an array that begins with the special values of float. */
  public static SavedArray array(String name, int... shape) {
    int size = 1;
    for (int extent : shape) {
      size *= extent;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i < SPECIAL.length ? SPECIAL[i] : (float) Math.sin(i + size);
    }
    return new SavedArray(name, shape, values);
  }

  public static List<SavedLayer> layers() {
    return List.of(
        new SavedLayer("input_1", List.of()),
        new SavedLayer("conv1", List.of(array("kernel", 3, 2, 3, 5), array("bias", 5))),
        new SavedLayer(
            "bn_conv1",
            List.of(
                array("gamma", 5),
                array("beta", 5),
                array("moving_mean", 5),
                array("moving_variance", 5))),
        new SavedLayer("activation_1", List.of()),
        new SavedLayer("fc2", List.of(array("kernel", 20, 2), array("bias", 2))));
  }

  /** Returns a snapshot that uses everything. */
  public static SavedModel full() {
    List<SavedLayer> trained =
        layers().stream()
            .filter(layer -> !layer.arrays().isEmpty())
            .map(layer -> new SavedLayer(layer.name(), layer.arrays().subList(0, 2)))
            .collect(Collectors.toList());
    return new SavedModel(
        "ResNet50",
        64,
        48,
        3,
        List.of("chat", "ein großer Hund", "犬", ""),
        layers(),
        new SavedTraining("categorical_crossentropy", List.of("accuracy"), 20, 32, -42L),
        new SavedOptimizer(
            "adam",
            Map.of("learning_rate", 1e-3, "beta_1", 0.9, "epsilon", 1e-7),
            3_000_000_000L,
            List.of(new SavedSlot("m", trained), new SavedSlot("v", trained))),
        List.of(new SavedSlot("average", trained)),
        Map.of("preprocessing", "x/255", "note", "", "mean", "103.939, 116.779, 123.68"));
  }

  /** Returns a snapshot without further sets of parameters. */
  public static SavedModel withoutCopies(SavedModel model) {
    return new SavedModel(
        model.network(),
        model.height(),
        model.width(),
        model.channels(),
        model.classNames(),
        model.layers(),
        model.training(),
        model.optimizer(),
        List.of(),
        model.attributes());
  }

  /** Returns a snapshot of some layers and nothing else. */
  public static SavedModel plain(List<SavedLayer> layers) {
    return new SavedModel("Plain", 8, 8, 1, List.of(), layers, null, null, List.of(), Map.of());
  }

  /** Returns the layers of a network, one behind the other, for a snapshot's. */
  public static List<LayerInfo> network(SavedModel model) {
    List<LayerInfo> network = new ArrayList<>();
    for (SavedLayer layer : model.layers()) {
      int last = network.size() - 1;
      List<String> inputs = last < 0 ? List.of() : List.of(network.get(last).name());
      network.add(new LayerInfo(layer.name(), "", config(layer), List.of(8, 8, 1), 0, 0, inputs));
    }
    return network;
  }

  private static LayerConfig config(SavedLayer layer) {
    List<String> arrays = layer.arrays().stream().map(SavedArray::name).toList();
    if (arrays.contains("gamma")) {
      return new LayerConfig.BatchNormalization(0.99, 1e-3, BatchNorm.Mode.BY_PHASE);
    }
    int[] kernel = arrays.contains("kernel") ? layer.arrays().get(0).shape() : new int[0];
    return switch (kernel.length) {
      case 4 -> new LayerConfig.Convolution(Window.same(3, 2, 1, 1), kernel[3], true);
      case 2 -> new LayerConfig.Classification(kernel[1]);
      default -> new LayerConfig.Activated(Activation.RELU);
    };
  }

  /** Saves a snapshot with {@link #network}. */
  public static void save(Path path, SavedModel model) {
    ModelFiles.save(path, model, network(model));
  }

  /** Returns many layers of one array each. */
  public static List<SavedLayer> many(int count) {
    List<SavedLayer> layers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "a_layer_with_a_rather_long_name_" + i;
      layers.add(
          new SavedLayer(name, List.of(new SavedArray("kernel", new int[] {1}, new float[] {i}))));
    }
    return layers;
  }
}
