package dev.lanewise.model.report;

import dev.lanewise.model.training.EpochResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the time of a training went. */
final class Phases {
  private static final double MILLIS_PER_SECOND = 1e3;

  private Phases() {}

  /**
   * Returns a bar and its numbers; nothing before the first epoch.
   *
   * @param batches of an epoch
   * @param reporting seconds that the report itself took, which are not in the epochs' times
   */
  static String html(List<EpochResult> epochs, int batches, double reporting) {
    double training = 0;
    double waiting = 0;
    double validation = 0;
    for (EpochResult epoch : epochs) {
      double steps = Math.min(epoch.seconds(), epoch.stepMillis() * batches / MILLIS_PER_SECOND);
      double waited = Double.isNaN(epoch.waited()) ? 0 : steps * epoch.waited();
      training += steps - waited;
      waiting += waited;
      validation += epoch.seconds() - steps;
    }
    Map<String, Double> phases = new LinkedHashMap<>();
    phases.put("training", training);
    phases.put("waiting for images", waiting);
    phases.put("validation", validation);
    phases.put("this report", reporting);
    double all = training + waiting + validation + reporting;
    return all > 0 ? html(phases, all) : "";
  }

  private static String html(Map<String, Double> phases, double all) {
    StringBuilder bar = new StringBuilder("<div class=\"bar\">");
    StringBuilder table = new StringBuilder("<div class=\"wide\"><table><tbody>\n");
    int number = 0;
    for (Map.Entry<String, Double> phase : phases.entrySet()) {
      double share = phase.getValue() / all;
      bar.append(
          String.format(
              Locale.ROOT, "<span class=\"p%d\" style=\"flex:%.5f\"></span>", number, share));
      table.append("<tr><th><span class=\"key p").append(number).append("\"></span>");
      table.append(phase.getKey()).append("</th>");
      table.append(Html.cell(Html.time(phase.getValue()))).append(Html.cell(Html.percent(share)));
      table.append("</tr>\n");
      number++;
    }
    return bar + "</div>\n" + table + "</tbody></table></div>";
  }
}
