package dev.lanewise.model.report;

import dev.lanewise.model.text.Numbers;
import dev.lanewise.model.text.Xml;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Draws numbers as curves over a common axis, as SVG whose colours are those of {@link Style}.
 *
 * @param title what it shows
 * @param xName what the numbers along it are: {@code "epoch"}
 * @param x the numbers along it, rising
 * @param xScale where these stand
 * @param curves the numbers above; where one is not finite, its curve has a gap
 */
record LineChart(String title, String xName, double[] x, Scale xScale, List<Curve> curves) {
  private static final double WIDTH = 420;
  private static final double HEIGHT = 250;
  private static final double LEFT = 54;
  private static final double RIGHT = 12;
  private static final double TOP = 44;
  private static final double BOTTOM = 40;

  /** Curves of more points are drawn without dots. */
  private static final int MOST_DOTS = 40;

  /** Width of a legend's entry beside its letters, and of a letter. */
  private static final double ENTRY = 30;

  private static final double LETTER = 6;

  /**
   * A curve.
   *
   * @param name for the legend
   * @param y its numbers
   */
  record Curve(String name, double[] y) {}

  /** Returns whether there is anything to draw. */
  boolean isEmpty() {
    return curves.stream().flatMapToDouble(c -> DoubleStream.of(c.y)).noneMatch(Double::isFinite);
  }

  /** Returns the element {@code svg}, for a page that has the style. */
  String svg() {
    return svg("");
  }

  /** Returns a file of its own. */
  String file() {
    return svg("<style>" + Style.CHART + "</style>\n") + "\n";
  }

  private String svg(String style) {
    Scale yScale =
        Scale.around(curves.stream().flatMapToDouble(c -> DoubleStream.of(c.y)).toArray());
    StringBuilder out = new StringBuilder();
    line(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 %s"
            + " %s\" aria-label=\"%s\">",
        Xml.number(WIDTH),
        Xml.number(HEIGHT),
        Xml.escape(title));
    out.append(style);
    line(
        out,
        "<rect class=\"card\" width=\"%s\" height=\"%s\" rx=\"6\"/>",
        Xml.number(WIDTH),
        Xml.number(HEIGHT));
    text(out, "title", 12, 18, title);
    axes(out, yScale);
    for (int i = 0; i < curves.size(); i++) {
      curve(out, i, yScale);
    }
    legend(out);
    hovers(out);
    return out.append("</svg>").toString();
  }

  private void axes(StringBuilder out, Scale yScale) {
    for (double tick : yScale.ticks()) {
      double y = y(yScale, tick);
      line(
          out,
          "<path class=\"grid\" d=\"M%s %sH%s\"/>",
          Xml.number(LEFT),
          Xml.number(y),
          Xml.number(WIDTH - RIGHT));
      text(out, "end", LEFT - 6, y + 4, Numbers.text(tick));
    }
    for (double tick : xScale.ticks()) {
      double at = x(tick);
      line(
          out,
          "<path class=\"grid\" d=\"M%s %sV%s\"/>",
          Xml.number(at),
          Xml.number(TOP),
          Xml.number(HEIGHT - BOTTOM));
      text(out, "middle", at, HEIGHT - BOTTOM + 15, Numbers.text(tick));
    }
    text(out, "middle quiet", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, xName);
  }

  private void curve(StringBuilder out, int index, Scale yScale) {
    double[] y = curves.get(index).y;
    StringBuilder path = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    boolean on = false;
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(y[i])) {
        path.append(on ? 'L' : 'M').append(Xml.number(x(x[i]))).append(' ');
        path.append(Xml.number(y(yScale, y[i])));
        line(
            dots,
            "<circle class=\"dot c%d\" cx=\"%s\" cy=\"%s\" r=\"2.2\"/>",
            index,
            Xml.number(x(x[i])),
            Xml.number(y(yScale, y[i])));
      }
      on = Double.isFinite(y[i]);
    }
    line(out, "<path class=\"curve c%d\" d=\"%s\"/>", index, path);
    if (x.length <= MOST_DOTS) {
      out.append(dots);
    }
  }

  private void legend(StringBuilder out) {
    double at = LEFT;
    for (int i = 0; i < curves.size(); i++) {
      line(out, "<path class=\"curve c%d\" d=\"M%s 32h14\"/>", i, Xml.number(at));
      text(out, "quiet", at + 18, 36, curves.get(i).name);
      at += ENTRY + LETTER * curves.get(i).name.length();
    }
  }

  /** Lays a column over each point, which tells its numbers. */
  private void hovers(StringBuilder out) {
    for (int i = 0; i < x.length; i++) {
      double from = i == 0 ? x(x[0]) - 4 : (x(x[i - 1]) + x(x[i])) / 2;
      double to = i == x.length - 1 ? x(x[i]) + 4 : (x(x[i]) + x(x[i + 1])) / 2;
      StringBuilder told = new StringBuilder(xName + " " + Numbers.text(x[i]));
      for (Curve curve : curves) {
        if (Double.isNaN(curve.y[i])) {
          continue;
        }
        told.append('\n').append(curve.name).append(' ').append(Numbers.text(curve.y[i]));
      }
      line(
          out,
          "<rect class=\"hover\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>",
          Xml.number(from),
          Xml.number(TOP),
          Xml.number(to - from),
          Xml.number(HEIGHT - BOTTOM - TOP),
          Xml.escape(told.toString()));
    }
  }

  private double x(double value) {
    return LEFT + xScale.at(value) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(Scale scale, double value) {
    return HEIGHT - BOTTOM - scale.at(value) * (HEIGHT - TOP - BOTTOM);
  }

  private static void text(StringBuilder out, String style, double x, double y, String text) {
    line(
        out,
        "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>",
        style,
        Xml.number(x),
        Xml.number(y),
        Xml.escape(text));
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
