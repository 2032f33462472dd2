package dev.lanewise.model.plot;

import dev.lanewise.model.plot.NetworkLayout.Rect;
import dev.lanewise.model.plot.Routes.Edge;
import dev.lanewise.model.plot.Routes.Point;
import dev.lanewise.model.text.Xml;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a laid out network as SVG, on a light card that can be read on any page. */
final class SvgWriter {
  private static final double CORNER = 6;

  /** How far an edge's corners are rounded. */
  private static final double BEND = 12;

  private static final double HEADING_TEXT = 20;
  private static final double SUBHEADING_TEXT = 12.5;
  private static final double TITLE_BASELINE = 20;
  private static final double FRAME_PADDING = 14;

  /** From a text's middle to its baseline, by its size. */
  private static final double BASELINE = 0.36;

  private static final String STYLE =
      """
      <style>
      .lw { font-family: Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif; fill: #1f2328; }
      .lw-card { fill: #ffffff; }
      .lw-frame { fill: #f6f8fa; stroke: #d0d7de; }
      .lw-quiet { fill: #59636e; }
      .lw-strong { font-weight: bold; }
      .lw-end { text-anchor: end; }
      .lw-edge { fill: none; stroke: #59636e; stroke-width: 1.5; }
      .lw-skip { stroke: #bc4c00; }
      .lw-conv { fill: #dbe9f9; stroke: #6b93c1; }
      .lw-pool { fill: #dcf0e0; stroke: #6ba67a; }
      .lw-dense { fill: #ebe0f5; stroke: #9a7dbb; }
      .lw-norm { fill: #fbf0d6; stroke: #c29f4d; }
      .lw-act { fill: #fde9da; stroke: #d19a6c; }
      .lw-add { fill: #ffffff; stroke: #1f2328; stroke-width: 1.5; }
      .lw-plain { fill: #eaeef2; stroke: #8c959f; }
      </style>
      <defs>
      <marker id="lw-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5 8 4 0 7.5z" fill="#59636e"/></marker>
      <marker id="lw-arrow-skip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5 8 4 0 7.5z" fill="#bc4c00"/></marker>
      </defs>
      """;

  private final NetworkLayout layout;
  private final Routes routes;
  private final PlotOptions options;
  private final StringBuilder out = new StringBuilder();

  SvgWriter(NetworkLayout layout, Routes routes, PlotOptions options) {
    this.layout = layout;
    this.routes = routes;
    this.options = options;
  }

  /**
   * Writes the drawing.
   *
   * @param name the network's name
   * @param subheading what stands below it
   * @param titles of all blocks
   * @param costs of all layers
   */
  String write(
      String name, String subheading, List<BlockTitle> titles, Map<String, LayerCost> costs) {
    double text =
        Math.max(TextWidth.ofBold(name, HEADING_TEXT), TextWidth.of(subheading, SUBHEADING_TEXT));
    String width = Xml.number(Math.max(layout.width(), text + 2 * NetworkLayout.MARGIN));
    String height = Xml.number(layout.height());
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"lw\" role=\"img\" width=\"%s\""
            + " height=\"%s\" viewBox=\"0 0 %s %s\">",
        width, height, width, height);
    line("<title>%s</title>", Xml.escape(name + ", " + subheading));
    out.append(STYLE);
    line("<rect class=\"lw-card\" width=\"%s\" height=\"%s\" rx=\"8\"/>", width, height);
    double top = NetworkLayout.MARGIN + HEADING_TEXT / 2;
    text(NetworkLayout.MARGIN, top, HEADING_TEXT, "lw-strong", name);
    text(NetworkLayout.MARGIN, top + HEADING_TEXT, SUBHEADING_TEXT, "lw-quiet", subheading);
    titles.forEach(this::frame);
    // The path is drawn over what shares a stretch with it.
    edges(false);
    edges(true);
    layout.nodes().forEach((unit, node) -> node(unit, node, Labels.details(unit, costs)));
    line("</svg>");
    return out.toString();
  }

  private void frame(BlockTitle title) {
    Rect frame = layout.frames().get(title.block());
    if (frame == null) {
      return;
    }
    line("<g class=\"lw-block\">");
    line("<title>%s</title>", Xml.escape(title.details()));
    rect("lw-frame", frame, CORNER + 2);
    double y = frame.y() + TITLE_BASELINE - BlockTitle.NAME * BASELINE;
    double x = frame.x() + FRAME_PADDING;
    text(x, y, BlockTitle.NAME, "lw-strong", title.name());
    text(x + title.nameWidth() + BlockTitle.SPACE, y, BlockTitle.KIND, "lw-quiet", title.kind());
    text(frame.right() - FRAME_PADDING, y, BlockTitle.COST, "lw-quiet lw-end", title.cost());
    line("</g>");
  }

  private void edges(boolean straight) {
    routes
        .routes()
        .forEach(
            (edge, points) -> {
              if (routes.isNext(edge.from(), edge.to()) == straight) {
                edge(edge, points, straight);
              }
            });
  }

  private void edge(Edge edge, List<Point> points, boolean straight) {
    String from = edge.from().last().name();
    String to = edge.to().first().name();
    line(
        "<path class=\"lw-edge%s\" data-from=\"%s\" data-to=\"%s\" d=\"%s\""
            + " marker-end=\"url(#lw-arrow%s)\"/>",
        straight ? "" : " lw-skip",
        Xml.escape(from),
        Xml.escape(to),
        rounded(points),
        straight ? "" : "-skip");
  }

  /** Returns a path through points whose corners are rounded. */
  private static String rounded(List<Point> points) {
    StringBuilder path = new StringBuilder("M" + at(points.get(0)));
    for (int i = 1; i < points.size() - 1; i++) {
      Point corner = points.get(i);
      path.append(" L").append(at(towards(corner, points.get(i - 1))));
      path.append(" Q").append(at(corner));
      path.append(" ").append(at(towards(corner, points.get(i + 1))));
    }
    return path.append(" L").append(at(points.get(points.size() - 1))).toString();
  }

  /** Returns where the bend at a corner begins on the way to a neighbour. */
  private static Point towards(Point corner, Point neighbour) {
    double dx = neighbour.x() - corner.x();
    double dy = neighbour.y() - corner.y();
    double length = Math.hypot(dx, dy);
    double part = length == 0 ? 0 : Math.min(BEND, length / 2) / length;
    return new Point(corner.x() + dx * part, corner.y() + dy * part);
  }

  private static String at(Point point) {
    return Xml.number(point.x()) + " " + Xml.number(point.y());
  }

  private void node(Unit unit, Rect node, String details) {
    String names = unit.layers().stream().map(LayerInfo::name).collect(Collectors.joining(" "));
    line("<g class=\"lw-node\" data-layers=\"%s\">", Xml.escape(names));
    line("<title>%s</title>", Xml.escape(details));
    String shape = Labels.shape(unit.outputShape());
    double size = NodeSize.TEXT;
    double small = NodeSize.SMALL;
    if (unit.isAddition()) {
      rect("lw-add", node, node.height() / 2);
      double arm = node.height() / 4;
      line(
          "<path class=\"lw-add\" d=\"M%s h%s M%s v%s\"/>",
          at(new Point(node.middleX() - arm, node.middleY())),
          Xml.number(2 * arm),
          at(new Point(node.middleX(), node.middleY() - arm)),
          Xml.number(2 * arm));
      double x = node.x() - NodeSize.PADDING;
      text(x, node.middleY(), small, "lw-quiet lw-end", unit.anchor().name());
    } else {
      boolean pill = NodeSize.isPill(unit, options);
      double padding = pill ? NodeSize.PADDING + CORNER : NodeSize.PADDING;
      double left = node.x() + padding;
      double right = node.right() - padding;
      rect(style(unit), node, pill ? node.height() / 2 : CORNER);
      double above = pill ? node.middleY() : node.y() + node.height() * 0.32;
      double below = pill ? node.middleY() : node.y() + node.height() * 0.72;
      text(left, above, size, "lw-strong", Labels.work(unit));
      text(right, below, small, "lw-quiet lw-end", shape);
      if (!pill) {
        text(right, above, size, "lw-end", Labels.after(unit));
        text(left, below, small, "lw-quiet", unit.anchor().name());
      }
    }
    line("</g>");
  }

  private static String style(Unit unit) {
    return switch (unit.anchor().config()) {
      case LayerConfig.Convolution convolution -> "lw-conv";
      case LayerConfig.Pooling pooling -> "lw-pool";
      case LayerConfig.Classification classification -> "lw-dense";
      case LayerConfig.Dense dense -> "lw-dense";
      case LayerConfig.BatchNormalization batchNormalization -> "lw-norm";
      case LayerConfig.Activated activated -> "lw-act";
      case LayerConfig.Input input -> "lw-plain";
      case LayerConfig.ZeroPadding zeroPadding -> "lw-plain";
      case LayerConfig.Addition addition -> "lw-plain";
      case LayerConfig.Multiplication multiplication -> "lw-plain";
      case LayerConfig.Concatenation concatenation -> "lw-plain";
      case LayerConfig.Reshaping reshaping -> "lw-plain";
      case LayerConfig.Flattening flattening -> "lw-plain";
      case LayerConfig.Dropout dropout -> "lw-plain";
    };
  }

  private void rect(String style, Rect rect, double corner) {
    line(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\"/>",
        style,
        Xml.number(rect.x()),
        Xml.number(rect.y()),
        Xml.number(rect.width()),
        Xml.number(rect.height()),
        Xml.number(corner));
  }

  /** Writes text whose middle is at y; nothing where it is empty. */
  private void text(double x, double y, double size, String style, String text) {
    if (!text.isEmpty()) {
      line(
          "<text class=\"%s\" x=\"%s\" y=\"%s\" font-size=\"%s\">%s</text>",
          style,
          Xml.number(x),
          Xml.number(y + size * BASELINE),
          Xml.number(size),
          Xml.escape(text));
    }
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
