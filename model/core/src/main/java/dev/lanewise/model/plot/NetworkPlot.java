package dev.lanewise.model.plot;

import dev.lanewise.network.LayerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Draws a network as SVG: each block in a box, what it computes from top to bottom, and beside it
 * the shortcut, with the projection on it where there is one. The counterpart of Keras's {@code
 * plot_model}.
 *
 * <p>The same layers and options give the same text. All numbers of a layer stand in its node's
 * tooltip; costs are those of {@link LayerCost}.
 */
public final class NetworkPlot {
  private NetworkPlot() {}

  /**
   * Draws with {@link PlotOptions#standard}.
   *
   * @param name the network's name, which heads the drawing
   * @param layers at least one layer, each after those that it reads
   * @return an SVG file's text
   */
  public static String svg(String name, List<LayerInfo> layers) {
    return svg(name, layers, PlotOptions.standard());
  }

  /**
   * Draws a network.
   *
   * @param name the network's name, which heads the drawing
   * @param layers at least one layer, each after those that it reads, as {@link
   *     dev.lanewise.network.Network#layerInfos} returns them; layers of a block stand together
   * @param options what is drawn as one, and in how many columns
   * @return an SVG file's text
   * @throws IllegalArgumentException where there is no layer, or one reads a layer that is not
   *     listed before it
   */
  public static String svg(String name, List<LayerInfo> layers, PlotOptions options) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("network " + name + " has no layers to draw");
    }
    Map<String, LayerCost> costs = LayerCost.of(layers);
    UnitGraph whole = UnitGraph.of(layers, !options.layers());
    UnitGraph graph = options.compact() ? whole.compact() : whole;
    List<BlockTitle> titles = new ArrayList<>();
    graph.blocks().forEach((block, units) -> titles.add(BlockTitle.of(block, units, graph, costs)));
    NetworkLayout layout = new NetworkLayout(graph, options, Routes.tracks(graph, options), titles);
    SvgWriter writer = new SvgWriter(layout, new Routes(graph, layout), options);
    return writer.write(name, heading(layers, costs), titles, costs);
  }

  private static String heading(List<LayerInfo> layers, Map<String, LayerCost> costs) {
    long parameters = layers.stream().mapToLong(l -> l.trainable() + l.nonTrainable()).sum();
    return Labels.shape(layers.get(0).outputShape())
        + " to "
        + Labels.shape(layers.get(layers.size() - 1).outputShape())
        + "; "
        + Amounts.grouped(parameters)
        + " parameters, "
        + Amounts.count(LayerCost.sum(costs.values()).flops())
        + "FLOPs";
  }
}
