package dev.lanewise.model.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.lanewise.network.LayerInfo;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

@Execution(ExecutionMode.CONCURRENT)
class NetworkPlotTest {
  private static final double ROUNDING = 0.11;

  static Stream<Arguments> drawings() {
    List<Arguments> drawings = new ArrayList<>();
    Map<String, List<LayerInfo>> graphs = new LinkedHashMap<>();
    graphs.put("ResNet50", Graphs.resNet50(64, 6));
    graphs.put("pre-activation", Graphs.preActivation());
    graphs.put("dense", Graphs.dense());
    graphs.forEach(
        (name, layers) -> {
          for (int columns : new int[] {1, 2, 5}) {
            drawings.add(Arguments.of(name, layers, new PlotOptions(false, false, columns)));
            drawings.add(Arguments.of(name, layers, new PlotOptions(true, false, columns)));
          }
        });
    return drawings.stream();
  }

  /** Whatever shortcuts and heads they have. */
  @ParameterizedTest
  @MethodSource("dev.lanewise.model.Networks#names")
  void everyKnownNetworkCanBeDrawn(String name) throws Exception {
    List<LayerInfo> layers = Graphs.known(name, 224);
    drawingIsWhole(name, layers, PlotOptions.standard());
    drawingIsWhole(name, layers, new PlotOptions(true, false, 3));
    parse(NetworkPlot.svg(name, layers, new PlotOptions(false, true, 1)));
    assertThat(SummaryTable.of(name, layers, Integer.MAX_VALUE).lines())
        .allSatisfy(
            line ->
                assertThat(line)
                    .hasSizeLessThanOrEqualTo(name.equals("torchdensenet121") ? 160 : 135));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("drawings")
  void drawingIsWhole(String name, List<LayerInfo> layers, PlotOptions options) throws Exception {
    Document svg = parse(NetworkPlot.svg(name, layers, options));
    Map<String, Rectangle2D> nodes = nodes(svg);
    assertThat(nodes.keySet()).containsExactlyInAnyOrderElementsOf(names(layers));
    List<Rectangle2D> boxes = nodes.values().stream().distinct().toList();
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(boxes.get(i).intersects(boxes.get(j))).as("nodes %d and %d", i, j).isFalse();
      }
    }
    Set<String> wanted = new TreeSet<>();
    for (LayerInfo layer : layers) {
      for (String input : layer.inputs()) {
        // Layers of one node need no edge.
        if (nodes.get(input) != nodes.get(layer.name())) {
          wanted.add(input + " -> " + layer.name());
        }
      }
    }
    assertThat(edges(svg, nodes)).containsExactlyElementsOf(wanted);
    assertEverythingIsWithin(svg, boxes);
    if (!name.equals("dense")) {
      assertEdgesCrossNoNode(svg, nodes);
    }
  }

  private static void assertEdgesCrossNoNode(Document svg, Map<String, Rectangle2D> nodes) {
    for (Element path : elements(svg, "path")) {
      if (path.hasAttribute("data-from")) {
        String[] words = path.getAttribute("d").split("[ MLQ]+");
        for (int i = 3; i < words.length; i += 2) {
          Line2D part = new Line2D.Double(point(words, i - 2), point(words, i));
          for (Map.Entry<String, Rectangle2D> node : nodes.entrySet()) {
            Rectangle2D box = node.getValue();
            Rectangle2D inner =
                new Rectangle2D.Double(
                    box.getX() + 1, box.getY() + 1, box.getWidth() - 2, box.getHeight() - 2);
            assertThat(part.intersects(inner)).as(node.getKey()).isFalse();
          }
        }
      }
    }
  }

  /** Edges end at the borders of the nodes that they name. */
  private static Set<String> edges(Document svg, Map<String, Rectangle2D> nodes) {
    Set<String> edges = new TreeSet<>();
    for (Element path : elements(svg, "path")) {
      if (path.hasAttribute("data-from")) {
        String from = path.getAttribute("data-from");
        String to = path.getAttribute("data-to");
        edges.add(from + " -> " + to);
        String[] words = path.getAttribute("d").split("[ MLQ]+");
        Rectangle2D source = nodes.get(from);
        Rectangle2D target = nodes.get(to);
        assertThat(point(words, 1).getX()).isBetween(source.getMinX(), source.getMaxX());
        assertThat(point(words, 1).getY()).isCloseTo(source.getMaxY(), offset(ROUNDING));
        Point2D end = point(words, words.length - 2);
        boolean fromAbove = Math.abs(end.getY() - target.getMinY()) < ROUNDING;
        boolean fromTheRight = Math.abs(end.getX() - target.getMaxX()) < ROUNDING;
        assertThat(fromAbove || fromTheRight).as(from + " -> " + to).isTrue();
      }
    }
    return edges;
  }

  private static Point2D point(String[] words, int at) {
    return new Point2D.Double(Double.parseDouble(words[at]), Double.parseDouble(words[at + 1]));
  }

  private static void assertEverythingIsWithin(Document svg, List<Rectangle2D> boxes) {
    String[] view = svg.getDocumentElement().getAttribute("viewBox").split(" ");
    Rectangle2D card =
        new Rectangle2D.Double(0, 0, Double.parseDouble(view[2]), Double.parseDouble(view[3]));
    boxes.forEach(box -> assertThat(card.contains(box)).isTrue());
    for (Element path : elements(svg, "path")) {
      if (path.hasAttribute("data-from")) {
        String[] words = path.getAttribute("d").split("[ MLQ]+");
        for (int i = 1; i < words.length; i += 2) {
          assertThat(card.contains(point(words, i))).isTrue();
        }
      }
    }
  }

  @Test
  void blocksSayWhatTheirShortcutIs() throws Exception {
    assertThat(texts(parse(NetworkPlot.svg("n", Graphs.resNet50(64, 6)))))
        .containsSequence("2a", "projection")
        .containsSequence("2b", "identity");
    assertThat(texts(parse(NetworkPlot.svg("n", Graphs.preActivation()))))
        .containsSequence("2a", "projection")
        .containsSequence("2b", "identity")
        .containsSequence("2c", "pooled")
        .contains("BN", "1×1 max pool, /2", "8×8×16");
  }

  @Test
  void convolutionIsDrawnWithWhatFollowsIt() throws Exception {
    List<String> texts = texts(parse(NetworkPlot.svg("n", Graphs.resNet50(64, 6))));
    assertThat(texts)
        .containsSequence("7×7 conv, 64, /2", "32×32×64", "BN, ReLU", "conv1")
        .containsSequence("1×1 conv, 256", "15×15×256", "BN", "res2a_branch2c");
  }

  @Test
  void equalBlocksAreDrawnOnceWhereAsked() throws Exception {
    List<LayerInfo> layers = Graphs.resNet50(64, 6);
    Document svg = parse(NetworkPlot.svg("n", layers, new PlotOptions(false, true, 1)));
    assertThat(texts(svg)).contains("2a", "2b ×2", "3b ×3", "4b ×5", "5b ×2", "head");
    Map<String, Rectangle2D> nodes = nodes(svg);
    assertThat(nodes).containsKey("res4b_branch2a").doesNotContainKey("res4c_branch2a");
    // From the run's only block to the next.
    assertThat(edges(svg, nodes)).contains("activation_7 -> res3a_branch2a");
  }

  @Test
  void strangeNamesAreEscaped() throws Exception {
    Document svg = parse(NetworkPlot.svg("<&\"%d", Graphs.strangeNames()));
    assertThat(texts(svg)).contains("<&\"%d", "<&>", "層 %s", "a<b&\"c\">'\uFFFD");
  }

  @Test
  void sameNetworkGivesTheSameText() {
    assertThat(NetworkPlot.svg("n", Graphs.resNet50(64, 6)))
        .isEqualTo(NetworkPlot.svg("n", Graphs.resNet50(64, 6)));
  }

  @Test
  void mistakesAreRefused() {
    assertThatThrownBy(() -> NetworkPlot.svg("n", List.of()))
        .hasMessage("network n has no layers to draw");
    assertThatThrownBy(() -> new PlotOptions(false, false, 0))
        .hasMessage("a drawing requires from 1 to 100 columns, got 0");
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static Map<String, Rectangle2D> nodes(Document svg) {
    Map<String, Rectangle2D> nodes = new LinkedHashMap<>();
    for (Element group : elements(svg, "g")) {
      if (group.hasAttribute("data-layers")) {
        Element rect = (Element) group.getElementsByTagName("rect").item(0);
        Rectangle2D box =
            new Rectangle2D.Double(
                number(rect, "x"),
                number(rect, "y"),
                number(rect, "width"),
                number(rect, "height"));
        for (String layer : group.getAttribute("data-layers").split(" ")) {
          assertThat(nodes.put(layer, box)).as(layer).isNull();
          assertThat(group.getElementsByTagName("title").item(0).getTextContent())
              .contains(layer + " (");
        }
      }
    }
    return nodes;
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static List<String> texts(Document svg) {
    return elements(svg, "text").stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Document svg, String tag) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < svg.getElementsByTagName(tag).getLength(); i++) {
      elements.add((Element) svg.getElementsByTagName(tag).item(i));
    }
    return elements;
  }

  private static List<String> names(List<LayerInfo> layers) {
    return layers.stream().map(LayerInfo::name).toList();
  }
}
