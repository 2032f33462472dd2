package dev.lanewise.model.report;

import dev.lanewise.model.text.Xml;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Map;

/** Parts of a page that several sections have. */
final class Html {
  private static final double PERCENT = 100;

  private Html() {}

  /** Returns names and values below each other; nothing where there are none. */
  static String facts(Map<String, String> facts) {
    if (facts.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder("<table class=\"facts\"><tbody>\n");
    facts.forEach(
        (name, value) ->
            out.append("<tr><th>")
                .append(Xml.escape(name))
                .append("</th><td>")
                .append(Xml.escape(value))
                .append("</td></tr>\n"));
    return out.append("</tbody></table>").toString();
  }

  /** Returns large numbers with their names beside each other. */
  static String figures(Map<String, String> figures) {
    StringBuilder out = new StringBuilder("<div class=\"figures\">");
    figures.forEach(
        (name, value) ->
            out.append("<div><b>")
                .append(Xml.escape(value))
                .append("</b><span class=\"quiet\">")
                .append(Xml.escape(name))
                .append("</span></div>"));
    return out.append("</div>").toString();
  }

  /** Returns a sheet of images and draws of them. */
  static String sheet(BufferedImage sheet) {
    return "<p class=\"quiet\">Each row begins with an image as it is; what the first epochs see of"
        + " it follows.</p>\n<img class=\"sheet\" alt=\"images and what is made of them\" src=\""
        + Pictures.address(sheet)
        + "\">";
  }

  /** Returns a cell of a table. */
  static String cell(String text) {
    return "<td>" + Xml.escape(text) + "</td>";
  }

  /** Returns a share in percent: {@code "97.3%"}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", PERCENT * share);
  }

  /** Returns a time: {@code "12.3 s"}, {@code "4 min 5 s"}, {@code "2 h 3 min"}. */
  static String time(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
