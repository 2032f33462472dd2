package dev.lanewise.benchmarks.peers;

import dev.lanewise.benchmarks.report.Spread;
import java.util.List;
import java.util.Locale;

/**
 * Bars of images per second, one panel per work, with whiskers from the least to the greatest
 * round. The picture brings its own light background, so that it reads on dark pages too.
 */
final class SvgChart {
  private static final int WIDTH = 860;
  private static final int MARGIN = 24;
  private static final int PANEL_GAP = 40;
  private static final int PANEL_WIDTH = (WIDTH - 2 * MARGIN - PANEL_GAP) / 2;
  private static final int LABEL_WIDTH = 165;
  private static final int VALUE_WIDTH = 62;
  private static final int BARS = PANEL_WIDTH - LABEL_WIDTH - VALUE_WIDTH;
  private static final int ROW = 24;
  private static final int BAR = 15;
  private static final int TITLE = 62;
  private static final int PANEL_TITLE = 26;
  private static final String FONT = "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif";
  private static final String INK = "#1f2328";
  private static final String FAINT = "#59636e";
  private static final String OWN = "#0a6e5c";
  private static final String OTHERS = "#9aa7b4";
  private static final String LEFT_OUT = "left out: slower than a larger batch";

  private final StringBuilder svg = new StringBuilder();

  private SvgChart() {}

  /** Returns the picture of the networks' works; fails with a sentence where there are none. */
  static String draw(Results results) {
    List<Comparison> panels =
        results.comparisons().stream().filter(c -> c.work().kind().isNetwork()).toList();
    if (panels.isEmpty()) {
      throw new PeersException("wanted results of at least one network for the chart, got none");
    }
    return new SvgChart().draw(panels, results.threads());
  }

  private String draw(List<Comparison> panels, int threads) {
    int rows =
        panels.stream()
            .mapToInt(panel -> panel.entries().size() + panel.faulty().size())
            .max()
            .orElseThrow();
    int panelHeight = PANEL_TITLE + rows * ROW + ROW;
    int height = TITLE + Math.ceilDiv(panels.size(), 2) * panelHeight + MARGIN / 2;
    add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\"", WIDTH, height);
    add(" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"%s\">\n", WIDTH, height, FONT);
    add("<title>ResNet50, images per second of Lanewise and its peers</title>\n");
    add("<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#ffffff\"/>\n", WIDTH, height);
    text(MARGIN, 32, 18, INK, "start", true, "ResNet50 on " + threads + " threads, images/s");
    text(
        MARGIN,
        50,
        12,
        FAINT,
        "start",
        false,
        "longer is faster; bars are medians, whiskers the slowest and fastest round");
    for (int i = 0; i < panels.size(); i++) {
      int x = MARGIN + i % 2 * (PANEL_WIDTH + PANEL_GAP);
      panel(panels.get(i), x, TITLE + i / 2 * panelHeight);
    }
    add("</svg>\n");
    return svg.toString();
  }

  private void panel(Comparison panel, int x, int y) {
    text(x, y + 18, 13, INK, "start", true, panel.work().text());
    double greatest =
        panel.entries().stream().mapToDouble(e -> panel.rate(e).max()).max().orElseThrow();
    int row = y + PANEL_TITLE;
    for (Entry entry : panel.entries()) {
      bar(entry, panel.rate(entry), BARS / greatest, x, row);
      row += ROW;
    }
    line(x + LABEL_WIDTH, y + PANEL_TITLE, x + LABEL_WIDTH, row, FAINT);
    for (Entry entry : panel.faulty()) {
      text(x + LABEL_WIDTH - 8, row + ROW / 2 + 4, 12, FAINT, "end", false, entry.label());
      text(x + LABEL_WIDTH + 6, row + ROW / 2 + 4, 12, FAINT, "start", false, LEFT_OUT);
      row += ROW;
    }
  }

  private void bar(Entry entry, Spread rate, double scale, int x, int row) {
    boolean own = entry == Entry.LANEWISE;
    int middle = row + ROW / 2;
    int left = x + LABEL_WIDTH;
    text(left - 8, middle + 4, 12, own ? INK : FAINT, "end", own, entry.label());
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
        left, middle - BAR / 2, rate.median() * scale, BAR, own ? OWN : OTHERS);
    double from = left + rate.min() * scale;
    double to = left + rate.max() * scale;
    line(from, middle, to, middle, INK);
    line(from, middle - 3, from, middle + 3, INK);
    line(to, middle - 3, to, middle + 3, INK);
    String value = Spread.number(rate.median());
    text((int) to + 6, middle + 4, 12, INK, "start", own, value);
  }

  private void line(double x1, double y1, double x2, double y2, String colour) {
    add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"", x1, y1, x2, y2);
    add(" stroke=\"%s\" stroke-width=\"1\"/>\n", colour);
  }

  private void text(
      int x, int y, int size, String colour, String anchor, boolean bold, String text) {
    add("<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\"", x, y, size, colour);
    add(" text-anchor=\"%s\"%s>", anchor, bold ? " font-weight=\"600\"" : "");
    svg.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    svg.append("</text>\n");
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
