package dev.lanewise.model.report;

import dev.lanewise.model.text.Numbers;
import dev.lanewise.model.text.Xml;
import java.util.List;

/** What became of each label or number. */
final class OutputTables {
  private OutputTables() {}

  /** Returns the figures of each label. */
  static String labels(Predictions predictions) {
    StringBuilder out = start("label", List.of("precision", "recall", "F1", "AUC", "images"));
    for (LabelFigures label : LabelFigures.of(predictions)) {
      row(
          out,
          label.name(),
          Numbers.fixed4(label.precision()),
          Numbers.fixed4(label.recall()),
          Numbers.fixed4(label.f1()),
          Double.isNaN(label.auc()) ? "" : Numbers.fixed4(label.auc()),
          Integer.toString(label.images()));
    }
    return out.append("</tbody></table></div>").toString();
  }

  /** Returns the errors of each number. */
  static String values(Predictions predictions) {
    StringBuilder out = start("number", List.of("mean absolute error", "root mean squared error"));
    for (ValueFigures value : ValueFigures.of(predictions)) {
      row(
          out,
          value.name(),
          Numbers.fixed4(value.meanAbsoluteError()),
          Numbers.fixed4(value.rootMeanSquaredError()));
    }
    return out.append("</tbody></table></div>").toString();
  }

  private static StringBuilder start(String name, List<String> columns) {
    StringBuilder out = new StringBuilder("<div class=\"wide scroll\"><table><thead><tr>");
    out.append("<th class=\"text\">").append(name).append("</th>");
    columns.forEach(column -> out.append("<th>").append(column).append("</th>"));
    return out.append("</tr></thead><tbody>\n");
  }

  private static void row(StringBuilder out, String name, String... cells) {
    out.append("<tr><th>").append(Xml.escape(name)).append("</th>");
    for (String cell : cells) {
      out.append(Html.cell(cell));
    }
    out.append("</tr>\n");
  }
}
