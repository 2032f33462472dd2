package dev.lanewise.model.report;

import dev.lanewise.model.text.Numbers;
import dev.lanewise.model.text.Xml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What became of the images of each class. */
final class ClassTables {
  /** With more classes than this a matrix is not read: the commonest mistakes are told instead. */
  private static final int MOST_IN_MATRIX = 30;

  private static final int MOST_PAIRS = 30;

  /** Opacity of a cell that holds all images of its class, so that its number can be read. */
  private static final double MOST_COLOUR = 0.55;

  private final ConfusionMatrix matrix;

  ClassTables(ConfusionMatrix matrix) {
    this.matrix = matrix;
  }

  private String name(int c) {
    return Xml.escape(matrix.classNames().get(c));
  }

  /** Returns how many images of each class were taken for which. */
  String confusion() {
    return matrix.classes() > MOST_IN_MATRIX ? pairs() : all();
  }

  private String all() {
    StringBuilder out = new StringBuilder("<p class=\"quiet\">Rows are what the images are, ");
    out.append("columns what they were taken for.</p>\n");
    out.append("<div class=\"wide\"><table class=\"matrix\"><thead><tr><th></th>");
    for (int c = 0; c < matrix.classes(); c++) {
      out.append("<th>").append(name(c)).append("</th>");
    }
    out.append("</tr></thead><tbody>\n");
    for (int label = 0; label < matrix.classes(); label++) {
      out.append("<tr><th>").append(name(label)).append("</th>");
      for (int other = 0; other < matrix.classes(); other++) {
        out.append(cell(label, other));
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody></table></div>").toString();
  }

  private String cell(int label, int other) {
    int count = matrix.count(label, other);
    if (count == 0) {
      return "<td></td>";
    }
    return String.format(
        Locale.ROOT,
        "<td class=\"%s\" style=\"--share:%.3f\" title=\"%s taken for %s: %d of %d\">%d</td>",
        label == other ? "right" : "wrong",
        MOST_COLOUR * count / matrix.images(label),
        name(label),
        name(other),
        count,
        matrix.images(label),
        count);
  }

  /** A class that was taken for another. */
  private record Pair(int label, int other, int count) {}

  private String pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int label = 0; label < matrix.classes(); label++) {
      for (int other = 0; other < matrix.classes(); other++) {
        if (label != other && matrix.count(label, other) > 0) {
          pairs.add(new Pair(label, other, matrix.count(label, other)));
        }
      }
    }
    pairs.sort(Comparator.comparingInt(Pair::count).reversed());
    StringBuilder out = new StringBuilder("<p class=\"quiet\">Of ");
    out.append(matrix.classes()).append(" classes, those that are confused most.</p>\n");
    out.append("<div class=\"wide scroll\"><table><thead><tr><th class=\"text\">class</th>");
    out.append("<th class=\"text\">taken for</th><th>images</th><th>of</th></tr></thead><tbody>\n");
    for (Pair pair : pairs.subList(0, Math.min(MOST_PAIRS, pairs.size()))) {
      out.append("<tr><th>").append(name(pair.label)).append("</th><td class=\"text\">");
      out.append(name(pair.other)).append("</td>");
      out.append(Html.cell(Integer.toString(pair.count)));
      out.append(Html.cell(Integer.toString(matrix.images(pair.label)))).append("</tr>\n");
    }
    return out.append("</tbody></table></div>").toString();
  }

  /** Returns the figures of each class, and their means. */
  String figures() {
    StringBuilder out = new StringBuilder("<div class=\"wide scroll\"><table><thead><tr>");
    out.append("<th class=\"text\">class</th><th>precision</th><th>recall</th><th>F1</th>");
    out.append("<th>images</th></tr></thead><tbody>\n");
    for (int c = 0; c < matrix.classes(); c++) {
      row(out, name(c), matrix.precision(c), matrix.recall(c), matrix.f1(c), matrix.images(c));
    }
    row(
        out,
        "mean of the classes",
        matrix.mean(matrix::precision),
        matrix.mean(matrix::recall),
        matrix.mean(matrix::f1),
        matrix.images());
    return out.append("</tbody></table></div>").toString();
  }

  private static void row(
      StringBuilder out, String name, double precision, double recall, double f1, int images) {
    out.append("<tr><th>").append(name).append("</th>");
    out.append(Html.cell(Numbers.fixed4(precision))).append(Html.cell(Numbers.fixed4(recall)));
    out.append(Html.cell(Numbers.fixed4(f1))).append(Html.cell(Integer.toString(images)));
    out.append("</tr>\n");
  }
}
