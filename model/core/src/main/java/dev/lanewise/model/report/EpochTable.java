package dev.lanewise.model.report;

import dev.lanewise.model.text.Numbers;
import dev.lanewise.model.text.Xml;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.Figures;
import java.util.List;

/** The epochs of a training, the last one first. */
final class EpochTable {
  private EpochTable() {}

  /** Returns the table; nothing before the first epoch. */
  static String html(List<EpochResult> epochs) {
    if (epochs.isEmpty()) {
      return "";
    }
    StringBuilder out =
        new StringBuilder("<div class=\"wide scroll\"><table><thead><tr><th class=\"text\">epoch");
    List<String> figures = Figures.names(epochs);
    for (String name : figures) {
      out.append("</th><th>").append(Xml.escape(title(name)));
    }
    for (String name : List.of("learning rate", "time", "ms/step", "waited")) {
      out.append("</th><th>").append(name);
    }
    out.append("</th></tr></thead><tbody>\n");
    for (EpochResult epoch : epochs.reversed()) {
      out.append("<tr><th>").append(epoch.epoch()).append("</th>");
      for (String name : figures) {
        out.append(Html.cell(number(epoch.figures().of(name))));
      }
      out.append(Html.cell(Numbers.text(epoch.learningRate())));
      out.append(Html.cell(Html.time(epoch.seconds())));
      out.append(Html.cell(Long.toString(Math.round(epoch.stepMillis()))));
      out.append(Html.cell(Html.percent(epoch.waited())));
      out.append("</tr>\n");
    }
    return out.append("</tbody></table></div>").toString();
  }

  private static String title(String name) {
    String plain = Figures.plainName(name).replace('_', ' ');
    return Figures.isOfValidation(name) ? "val. " + plain : plain;
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Numbers.fixed4(value);
  }
}
