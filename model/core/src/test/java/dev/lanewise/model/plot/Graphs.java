package dev.lanewise.model.plot;

import dev.lanewise.model.NetworkFactory;
import dev.lanewise.model.Networks;
import dev.lanewise.model.network.ResNet50Network;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.Pool;
import dev.lanewise.tensor.Window;
import dev.lanewise.train.KernelInitializers;
import java.util.ArrayList;
import java.util.List;

/** Layers to describe and draw. */
final class Graphs {
  private final List<LayerInfo> layers = new ArrayList<>();

  static List<LayerInfo> resNet50(int size, int classes) {
    return layers(ResNet50Network::new, size, classes);
  }

  /** A network known by name, for ten classes. */
  static List<LayerInfo> known(String name, int size) {
    return layers(Networks.factory(name), size, 10);
  }

  private static List<LayerInfo> layers(NetworkFactory network, int size, int classes) {
    try (WorkerPool pool = new WorkerPool(1)) {
      return network
          .create(new NetworkOptions(size, size, classes, 0, KernelInitializers.zeros(), pool))
          .layerInfos();
    }
  }

  /**
   * Pre-activation blocks: the projection leaves after the normalisation, a pooled shortcut and an
   * identity leave before it.
   */
  static List<LayerInfo> preActivation() {
    Graphs g = new Graphs();
    g.add("input_1", "", new LayerConfig.Input());
    g.add("conv0", "stem", conv(3), "input_1");
    g.preActivated("2a", "conv0");
    g.add("2a_0_conv", "2a", conv(1), "2a_preact_relu");
    g.add("2a_out", "2a", new LayerConfig.Addition(), "2a_0_conv", "2a_2_conv");
    g.preActivated("2b", "2a_out");
    g.add("2b_out", "2b", new LayerConfig.Addition(), "2a_out", "2b_2_conv");
    g.preActivated("2c", "2b_out");
    LayerConfig pool = new LayerConfig.Pooling(Pool.Kind.MAX, Window.valid(1, 1, 2, 2));
    g.add("2c_pool", "2c", pool, "2b_out");
    g.add("2c_out", "2c", new LayerConfig.Addition(), "2c_pool", "2c_2_conv");
    g.add(
        "post_bn",
        "head",
        new LayerConfig.BatchNormalization(0.9, 1e-3, BatchNorm.Mode.BY_PHASE),
        "2c_out");
    g.add("predictions", "head", new LayerConfig.Classification(4), "post_bn");
    return g.layers;
  }

  /** Every block reads all that stand before it, over two projections beside each other. */
  static List<LayerInfo> dense() {
    Graphs g = new Graphs();
    g.add("input_1", "", new LayerConfig.Input());
    String[] all = {"input_1"};
    for (String block : List.of("a", "b", "c")) {
      g.add(block + "_conv", block, conv(3), all[0]);
      g.add(block + "_left", block, conv(1), all[0]);
      g.add(block + "_right", block, conv(1), all[all.length - 1]);
      List<String> inputs = new ArrayList<>(List.of(all));
      inputs.addAll(List.of(block + "_conv", block + "_left", block + "_right"));
      g.add(block + "_add", block, new LayerConfig.Addition(), inputs.toArray(new String[0]));
      all = new String[] {block + "_add", "input_1"};
    }
    return g.layers;
  }

  /** A chain whose names XML gives a meaning. */
  static List<LayerInfo> strangeNames() {
    Graphs g = new Graphs();
    g.add("a<b&\"c\">'\u0001", "", new LayerConfig.Input());
    g.add("層 %s", "<&>", conv(1), "a<b&\"c\">'\u0001");
    return g.layers;
  }

  private void preActivated(String block, String from) {
    add(
        block + "_preact_bn",
        block,
        new LayerConfig.BatchNormalization(0.9, 1e-3, BatchNorm.Mode.BY_PHASE),
        from);
    add(
        block + "_preact_relu",
        block,
        new LayerConfig.Activated(Activation.RELU),
        block + "_preact_bn");
    add(block + "_1_conv", block, conv(1), block + "_preact_relu");
    add(block + "_2_conv", block, conv(3), block + "_1_conv");
  }

  private static LayerConfig conv(int kernel) {
    return new LayerConfig.Convolution(Window.same(kernel, kernel, 1, 1), 16, false);
  }

  private void add(String name, String block, LayerConfig config, String... inputs) {
    layers.add(new LayerInfo(name, block, config, List.of(8, 8, 16), 0, 0, List.of(inputs)));
  }
}
