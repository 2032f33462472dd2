package dev.lanewise.model.report;

import dev.lanewise.model.text.Numbers;
import dev.lanewise.model.training.EpochResult;
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
    for (String name :
        List.of(
            "loss",
            "accuracy",
            "val. loss",
            "val. accuracy",
            "learning rate",
            "time",
            "ms/step",
            "waited")) {
      out.append("</th><th>").append(name);
    }
    out.append("</th></tr></thead><tbody>\n");
    for (EpochResult epoch : epochs.reversed()) {
      out.append("<tr><th>").append(epoch.epoch()).append("</th>");
      out.append(Html.cell(number(epoch.loss())));
      out.append(Html.cell(number(epoch.accuracy())));
      out.append(Html.cell(number(epoch.valLoss())));
      out.append(Html.cell(number(epoch.valAccuracy())));
      out.append(Html.cell(Numbers.text(epoch.learningRate())));
      out.append(Html.cell(Html.time(epoch.seconds())));
      out.append(Html.cell(Long.toString(Math.round(epoch.stepMillis()))));
      out.append(Html.cell(Html.percent(epoch.waited())));
      out.append("</tr>\n");
    }
    return out.append("</tbody></table></div>").toString();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Numbers.fixed4(value);
  }
}
